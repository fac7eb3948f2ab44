// Runs before every npm script, on whatever Node the machine has: installs what package-lock.json
// names when it is not there yet, and builds when the build is asked for and older than the sources.
// It uses nothing but Node itself, because on a fresh clone nothing else exists.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const wantsBuild = process.argv.includes('--build');

const run = (command, args) => {
  try {
    execFileSync(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
  } catch {
    console.error(
      `Setting up stopped: "${command} ${args.join(' ')}" failed; its own message is above. Mend that and run the same command again.`,
    );
    process.exit(1);
  }
};

const hash = (...parts) => {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex');
};
const stampOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

const lockStamp = hash(readFileSync(join(root, 'package-lock.json')));
const lockFile = join(root, 'node_modules', '.treaty-ledger-lock');
if (stampOf(lockFile) !== lockStamp) {
  console.log('Installing the packages of package-lock.json ...');
  // Not `npm ci`: it refuses a lock file made where a registry lacks the optional binaries of other machines.
  // `--no-save` installs the locked versions all the same, and leaves the lock file as it is.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(lockFile, lockStamp);
}

/** Every source file with its size and time: cheap, and changes whenever an edit does. */
function* sources(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (!/\.spec\.tsx?$/.test(entry.name)) {
      const { size, mtimeMs } = statSync(join(root, path));
      yield `${path}\0${size}\0${mtimeMs}\n`;
    }
  }
}

if (wantsBuild) {
  const settings = ['nest-cli.json', '.swcrc'].map((file) => readFileSync(join(root, file)));
  const stamp = hash(
    lockStamp,
    ...settings,
    ...['apps', 'libs'].flatMap((folder) =>
      [...sources(folder)].toSorted((a, b) => (a < b ? -1 : 1)),
    ),
  );
  const buildFile = join(root, 'dist', '.built-from');
  if (stampOf(buildFile) !== stamp) {
    console.log('Building ...');
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    run(join(root, 'node_modules', '.bin', 'node'), [
      join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js'),
      'build',
      'standalone',
    ]);
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(buildFile, stamp);
  }
}
