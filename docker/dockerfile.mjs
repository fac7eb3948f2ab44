// Reads the Dockerfile: instructions in order, one object each, continued lines joined.
import { readFileSync } from 'node:fs';

/** @returns {{ word: string, rest: string }[]} */
export function instructionsOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [word = '', ...rest] = line.split(' ');
      return { word, rest: rest.join(' ').trim() };
    });
}

/** The settings of ENV instructions. */
export const environmentOf = (instructions) =>
  Object.fromEntries(
    instructions
      .filter(({ word }) => word === 'ENV')
      .flatMap(({ rest }) => rest.split(' ').map((pair) => pair.split('='))),
  );

/** The words of a CMD in JSON form, the last one; for HEALTHCHECK what follows its options. */
export function commandOf(instructions, of) {
  const { rest } = instructions.findLast(({ word }) => word === of) ?? { rest: '[]' };
  return JSON.parse(rest.slice(rest.indexOf('[')));
}
