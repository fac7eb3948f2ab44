import { readdir } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';

/**
 * `npm run bench` runs every section, `npm run bench -- store` the named ones. A section is a file
 * beside this one that exports `run(): Promise<void>`; options of the sections start with `--`.
 */
interface Section {
  run(): Promise<void>;
}

const present = (await readdir(import.meta.dirname))
  .filter((name) => name.endsWith('.ts') && name !== 'main.ts')
  .map((name) => name.slice(0, -'.ts'.length))
  .toSorted();
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.filter((name) => !present.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`No section ${unknown.join(', ')}; there are: ${present.join(', ')}.\n`);
  process.exit(1);
}

process.stdout.write(
  `Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown CPU'}\n`,
);
for (const name of present) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n== ${name} ==\n`);
  const section: Section = await import(new URL(`${name}.ts`, import.meta.url).href);
  await section.run();
}
