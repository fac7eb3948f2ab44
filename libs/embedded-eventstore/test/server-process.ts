import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  readonly connectionString: string;
  readonly pid: number;
  /** Ends the process by its own pid and waits until it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Ended>;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

const source = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Starts the store as a process of its own and resolves once it prints its address. */
export async function startServerProcess(
  dataDir: string,
  { port = 0, main = source }: { port?: number; main?: string } = {},
): Promise<ServerProcess> {
  const run = launch(main, dataDir, port);
  const { child } = run;
  const address = await new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const found = /esdb:\/\/127\.0\.0\.1:\d+\?tls=false/.exec(run.output());
      if (found !== null) resolve(found[0]);
    };
    child.stdout.on('data', look);
    void run.ended.then(({ output }) => reject(new Error(`the server did not start: ${output}`)));
  });
  return {
    connectionString: address,
    pid: Number(child.pid),
    end: (signal) => {
      child.kill(signal);
      return run.ended;
    },
  };
}

/** For a start that must fail: resolves when the process has ended by itself. */
export function runServerProcess(dataDir: string, port = 0): Promise<Ended> {
  return launch(source, dataDir, port).ended;
}

function launch(
  main: string,
  dataDir: string,
  port: number,
): {
  child: ChildProcessByStdio<null, Readable, Readable>;
  output: () => string;
  ended: Promise<Ended>;
} {
  // The options of the test runner are not meant for the server.
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn(process.execPath, [main, '--data-dir', dataDir, '--port', String(port)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (output += text));
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
  return { child, output: () => output, ended };
}
