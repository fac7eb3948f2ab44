import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { unstorableText } from './storable-text.ts';

const fieldOf = (body: unknown): string | undefined => unstorableText(body)?.details.field;

describe('text that cannot be kept as it came', () => {
  it.each([
    ['a NUL', { text: 'Article 17\u0000.' }, 'text'],
    ['half of a pair', { text: 'Article \uD83C' }, 'text'],
    ['the other half', { text: '\uDFF3\uFE0F Article' }, 'text'],
    ['in a list', { members: [{ note: 'none' }, { note: '\u0000' }] }, 'members.1.note'],
    ['in the name of a field', { values: { 'FRA\u0000': 1 } }, 'values.FRA\uFFFD'],
    ['the body itself', '\u0000', 'body'],
    ['the first of several', { a: '\u0000', b: '\u0000' }, 'a'],
  ])('%s is refused by its path', (_what, body, field) => {
    expect(fieldOf(body)).toBe(field);
    expect(unstorableText(body)?.details).toMatchObject({ status: 422, code: 'invalid-fields' });
  });

  it('does not matter how deep it lies', () => {
    let body: unknown = '\u0000';
    for (let depth = 0; depth < 100_000; depth += 1) body = [body];
    expect(fieldOf(body)?.startsWith('0.0.0.')).toBe(true);
  });

  it('is none of what JSON may hold besides, whatever its script', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (body) => {
        const isPlain = !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(body));
        expect(unstorableText(body) === null).toBe(isPlain);
      }),
    );
    expect(fieldOf({ text: "Côte d'Ivoire, 中国, العربية, 🏳️, \u0008\n" })).toBeUndefined();
  });
});
