import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const built = (app: string): string =>
  resolve(import.meta.dirname, `../../../dist/apps/${app}/src/main.js`);

/** A program of the build, on a data folder, as `npm start` and `npm run ledger` run it. */
function launch(app: string, folder: string, words: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--enable-source-maps', built(app), ...words], {
    env: { ...process.env, PORT: '0', LEDGER_DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs `npm run ledger -- ...words` to its end; answers what it said. */
export async function ledger(folder: string, ...words: string[]): Promise<string> {
  const child = launch('cli', folder, words);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`ledger ${words.join(' ')} ended with ${String(code)}: ${said}`);
  return said;
}

export interface Register {
  readonly address: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the register and waits until it answers. */
export async function startRegister(folder: string): Promise<Register> {
  const child = launch('standalone', folder, []);
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  const address = await new Promise<string>((found, failed) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const match = /What there is\s+(http:\/\/[^/\s]+)\//.exec(said);
      if (match?.[1] !== undefined) found(match[1]);
    });
    void ended.then(() => failed(new Error(`The register did not start. ${said}`)));
  });
  return {
    address,
    pid: Number(child.pid),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
