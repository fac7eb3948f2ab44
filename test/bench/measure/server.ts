import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The embedded store, from its sources, as a process of its own, so that its memory and time are its own. */
export interface Server {
  connectionString: string;
  pid: number;
  stop(): Promise<void>;
}

const main = resolve(import.meta.dirname, '../../../libs/embedded-eventstore/src/main.ts');

export async function startServer(dataDir: string): Promise<Server> {
  const child = spawn(process.execPath, [main, '--data-dir', dataDir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  const connectionString = await new Promise<string>((found, failed) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const address = /esdb:\/\/\S+\?tls=false/.exec(output);
      if (address !== null) found(address[0]);
    });
    void ended.then(() => failed(new Error(`The store did not start. ${output}`)));
  });
  return {
    connectionString,
    pid: Number(child.pid),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Resident memory of a process in bytes, where /proc tells it. */
export function residentBytes(pid: number): number {
  try {
    const status = readFileSync(join('/proc', String(pid), 'status'), 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
  } catch {
    return Number.NaN;
  }
}
