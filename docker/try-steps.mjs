// Runs the steps of the Dockerfile on this machine without Docker: every stage in a folder of its own under
// a temporary one, COPY from the project as .dockerignore leaves it, RUN with that folder in place of /,
// then CMD as an unprivileged user and HEALTHCHECK against it. `node docker/try-steps.mjs`
//
// Not tried by this: the base image itself, its users and libraries, and Docker's own networking.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, matchesGlob, relative, resolve } from 'node:path';
import { commandOf, environmentOf, instructionsOf } from './dockerfile.mjs';

const project = resolve(import.meta.dirname, '..');
const instructions = instructionsOf(join(project, 'docker/Dockerfile'));
const ignored = readFileSync(join(project, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
const top = mkdtempSync(join(tmpdir(), 'image-steps-'));
chmodSync(top, 0o755);
const root = process.getuid?.() === 0;
const nobody = root ? { uid: 65534, gid: 65534 } : {};
const say = (line) => console.log(line);

const inContext = (path) => {
  const inside = relative(project, path);
  return !ignored.some((pattern) => matchesGlob(inside, pattern));
};
/** The machine's paths for the image's: /app and /data lie in the stage's folder. */
const moved = (stage, words) => words.replaceAll(/(?<=^|[\s=])\/(app|data)\b/g, `${stage}/$1`);

let stage = '';
const stages = new Map();
let failed = false;
try {
  for (const { word, rest } of instructions) {
    if (word === 'FROM') {
      stage = join(top, `stage-${stages.size}`);
      stages.set(/ AS (\w+)/.exec(rest)?.[1] ?? 'image', stage);
      mkdirSync(join(stage, 'app'), { recursive: true });
      say(`FROM ${rest} -> ${stage}`);
    } else if (word === 'COPY') {
      const from = /--from=(\w+) /.exec(rest)?.[1];
      const paths = rest.replace(/--from=\w+ /, '').split(' ');
      const target = paths.pop();
      for (const path of paths) {
        const source = from === undefined ? join(project, path) : `${stages.get(from)}${path}`;
        const directory = path === '.' || (!target.endsWith('/') && from !== undefined);
        const to = directory
          ? join(stage, 'app', target)
          : join(stage, 'app', target, basename(path));
        cpSync(source, to, {
          recursive: true,
          filter: from === undefined ? inContext : () => true,
          verbatimSymlinks: true,
        });
      }
      say(`COPY ${rest}`);
    } else if (word === 'RUN') {
      const line = moved(stage, rest).replaceAll(
        'chown node:node',
        root ? 'chown 65534:65534' : 'true',
      );
      say(`RUN ${rest}`);
      execFileSync('/bin/sh', ['-ec', line], {
        cwd: join(stage, 'app'),
        stdio: ['ignore', 'inherit', 'inherit'],
      });
    } else say(`${word} ${rest.slice(0, 60)}`);
  }
  if (!existsSync(join(stage, 'app/dist'))) throw new Error('The image has no build.');

  const port = await new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => found(free));
    });
  });
  const environment = Object.fromEntries(
    Object.entries(environmentOf(instructions)).map(([name, value]) => [name, moved(stage, value)]),
  );
  // The base image's Node is the version that the project pins: the same that npm installed here.
  const node = join(project, 'node_modules/node/bin/node');
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const wanted = /node:([\d.]+)/.exec(instructions[0].rest)?.[1];
  if (version !== `v${wanted}`)
    throw new Error(`The image pins Node ${wanted}, the project ${version}.`);
  // A production process needs a provider; it is asked when somebody signs in, and nobody does here.
  const provider = {
    OIDC_ISSUER: 'https://identity.example',
    OIDC_CLIENT_ID: 'register',
    OIDC_CLIENT_SECRET: 'not used',
  };
  const settings = {
    env: { ...environment, ...provider, PORT: String(port), PATH: dirname(node) },
    cwd: join(stage, 'app'),
    ...nobody,
  };
  const [, ...words] = commandOf(instructions, 'CMD');
  const [, ...check] = commandOf(instructions, 'HEALTHCHECK');
  const program = spawn(node, words, { ...settings, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((done) => program.on('close', (code, signal) => done(code ?? signal)));
  let healthy = false;
  for (let tries = 0; tries < 60 && !healthy && program.exitCode === null; tries += 1) {
    await new Promise((done) => setTimeout(done, 500));
    healthy = spawnSync(node, check, settings).status === 0;
  }
  say(
    healthy
      ? `HEALTHCHECK passed, as user ${nobody.uid ?? 'this one'}`
      : 'HEALTHCHECK never passed',
  );
  program.kill('SIGTERM');
  const code = await ended;
  say(`STOPSIGNAL SIGTERM ended it with ${code}`);
  const after = spawnSync(node, check, settings).status;
  say(
    `HEALTHCHECK on the stopped program: ${after === 0 ? 'passed (wrong)' : 'failed, as it should'}`,
  );
  failed = !healthy || code !== 0 || after === 0;
  say(
    `Size of the image's own layers: ${execFileSync('du', ['-sh', join(stage, 'app')], { encoding: 'utf8' }).split('\t')[0]}`,
  );
} finally {
  rmSync(top, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
