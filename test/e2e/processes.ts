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
  return { ...run, address: await said(run, /What there is\s+(http:\/\/[^/\s]+)\//) };
}

/** A notifier as a process of its own over the store and database of a register, once it delivers. */
export async function startNotifier(
  folder: string,
  settings: Record<string, string> = {},
): Promise<Run> {
  const run = launch('notifier', [], { PORT: '0', LEDGER_DATA_DIR: folder, ...settings });
  await said(run, /(A notifier is running)/);
  return run;
}

/** Waits until a process has said something, and answers with the part in brackets. */
async function said(run: Run, pattern: RegExp): Promise<string> {
  let gone: Ended | null = null;
  void run.ended.then((ended) => (gone = ended));
  for (;;) {
    const found = pattern.exec(run.output())?.[1];
    if (found !== undefined) return found;
    if (gone !== null) throw new Error(`It did not start: ${run.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
