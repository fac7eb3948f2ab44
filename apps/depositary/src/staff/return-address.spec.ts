import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { returnAddress } from './return-address.ts';

describe('the address to return to', () => {
  it.each([
    ['/depositary', '/depositary'],
    ['/depositary/cases?open=yes&lang=fr', '/depositary/cases?open=yes&lang=fr'],
    ['/treaties/XVIII-16/status#x', '/treaties/XVIII-16/status'],
    ['/sign-out', '/depositary'],
    ['/sign-in?return=/sign-in', '/depositary'],
    ['/a/../../sign-out', '/depositary'],
    ['', '/depositary'],
    ['depositary', '/depositary'],
    ['//evil.example', '/depositary'],
    ['///evil.example', '/depositary'],
    ['/./\\evil.example', '/depositary'],
    ['/a//..//../evil.example', '/a/evil.example'],
    ['/.//evil.example', '/depositary'],
    ['/%E0%A4%A', '/depositary'],
    ['/\u0000/evil', '/depositary'],
    ['/\r\nSet-Cookie: a=b', '/depositary'],
    [`/${'a'.repeat(1000)}`, '/depositary'],
  ])('%j is %j', (asked, address) => {
    expect(returnAddress(asked)).toBe(address);
  });

  it.each([[undefined], [['/a', '/b']], [{ a: 1 }], [7]])('%j is the desk', (asked) => {
    expect(returnAddress(asked)).toBe('/depositary');
  });

  it('never leads to another host, whatever is asked, also after one more decoding', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '%2f',
      '%5c',
      '%252f',
      ':',
      '@',
      '.',
      '..',
      'https:',
      'evil.example',
      '\t',
      '?',
      '#',
      ' ',
    );
    const address = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          address,
          address.map((rest) => `/${rest}`),
          fc.string(),
        ),
        (asked) => {
          const given = returnAddress(asked);
          for (const read of [given, decodeURIComponent(given)]) {
            expect(new URL(read, 'https://register.example').host).toBe('register.example');
            expect(new URL(`https://register.example${read}`).host).toBe('register.example');
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
