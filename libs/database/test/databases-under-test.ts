import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place for a database of a test, removed with everything in it. */
export interface DatabaseUnderTest {
  /** What `openDatabase` takes. */
  readonly url: string | undefined;
  readonly file: string;
  /** A server ends at once, as when its machine fails, and comes back; a file does not go away. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

const installed = '/usr/lib/postgresql';
const versions = existsSync(installed) ? readdirSync(installed).toSorted() : [];
const binaries = versions.length === 0 ? null : join(installed, versions.at(-1) ?? '', 'bin');

/** The kinds of database that this machine can test on. PostgreSQL where Debian's package is. */
export const kindsUnderTest: readonly ('sqlite' | 'postgres')[] =
  binaries === null ? ['sqlite'] : ['sqlite', 'postgres'];

/** A fresh database of a kind; a PostgreSQL server of its own on a free port of loopback. */
export function databaseUnderTest(kind: 'sqlite' | 'postgres'): Promise<DatabaseUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-database-'));
  const file = join(folder, 'records.sqlite');
  if (kind === 'postgres') return postgres(folder, file);
  const remove = (): Promise<void> =>
    Promise.resolve(rmSync(folder, { recursive: true, force: true }));
  return Promise.resolve({ url: undefined, file, restart: () => Promise.resolve(), remove });
}

const isRoot = process.getuid?.() === 0;
const idOf = (flag: string): number =>
  Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
/** PostgreSQL refuses to run as root, so root runs it as Debian's user. */
const asPostgres = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {};

async function postgres(folder: string, file: string): Promise<DatabaseUnderTest> {
  if (binaries === null) throw new Error('PostgreSQL is not installed here.');
  const installedIn = binaries;
  if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'));
  const data = join(folder, 'data');
  const options = { ...asPostgres, cwd: folder, stdio: 'ignore' as const };
  execFileSync(
    join(installedIn, 'initdb'),
    ['-D', data, '-U', 'ledger', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    options,
  );
  const port = await freePort();
  const address = ['-p', String(port), '-h', '127.0.0.1', '-k', folder];
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(join(installedIn, 'postgres'), ['-D', data, ...address, '-F'], options);
    await accepting(port, server);
    return server;
  };
  let server = await start();
  return {
    url: `postgres://ledger@127.0.0.1:${port}/postgres`,
    file,
    restart: async () => {
      await end(server);
      server = await start();
    },
    remove: async () => {
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function end(server: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.kill('SIGQUIT');
  return ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const bound = probe.address();
      probe.close(() => resolve(typeof bound === 'object' && bound !== null ? bound.port : 0));
    });
  });
}

/** Waits until the server takes connections, or says that it ended. */
async function accepting(port: number, server: ChildProcess): Promise<void> {
  if (binaries === null) return;
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}.`);
    try {
      execFileSync(join(binaries, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('PostgreSQL did not take connections within ten seconds.');
}
