import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What `npm start` and `npm run ledger` run, as processes of their own; `npm test` builds them first. */
const built = (path: string): string =>
  fileURLToPath(new URL(`../../dist/apps/${path}/src/main.js`, import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

export interface Run {
  readonly output: () => string;
  readonly ended: Promise<Ended>;
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): void;
}

function launch(app: string, words: readonly string[], settings: Record<string, string>): Run {
  // The options of the test runner are not meant for the program.
  const { NODE_OPTIONS: _options, EVENTSTORE_URL: _url, ...environment } = process.env;
  const child = spawn(process.execPath, [built(app), ...words], {
    env: { ...environment, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that fails leaves nothing running.
  const atExit = (): void => void child.kill('SIGKILL');
  process.once('exit', atExit);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      process.off('exit', atExit);
      resolve({ code, signal, output });
    });
  });
  return { output: () => output, ended, kill: (signal) => void child.kill(signal) };
}

/** `npm run ledger -- ...words` on a data folder. */
export const ledgerCommand = (folder: string, ...words: string[]): Run =>
  launch('cli', words, { LEDGER_DATA_DIR: folder });

/** `npm start` on a data folder, once it tells where it listens. */
export async function startRegister(
  folder: string,
  settings: Record<string, string> = {},
): Promise<Run & { address: string }> {
  const run = launch('standalone', [], { PORT: '0', LEDGER_DATA_DIR: folder, ...settings });
  const pattern = /What there is\s+(http:\/\/[^/\s]+)\//;
  let gone: Ended | null = null;
  void run.ended.then((ended) => (gone = ended));
  for (;;) {
    const address = pattern.exec(run.output())?.[1];
    if (address !== undefined) return { ...run, address };
    if (gone !== null) throw new Error(`The register did not start: ${run.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
