import { describe, expect, it } from '@jest/globals';
import { readTraceparent, writeTraceparent } from './traceparent.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

describe('a traceparent', () => {
  it.each([
    [`00-${traceId}-${spanId}-01`, 1],
    [`00-${traceId}-${spanId}-00`, 0],
    // What a later version adds is left alone.
    [`cc-${traceId}-${spanId}-01-what-comes`, 1],
  ])('%s is read, and written as version 00', (text, traceFlags) => {
    const span = readTraceparent(text);
    expect(span).toStrictEqual({ traceId, spanId, traceFlags, isRemote: true });
    expect(writeTraceparent(span!)).toBe(`00-${traceId}-${spanId}-0${traceFlags}`);
  });

  it.each([
    [undefined],
    [[`00-${traceId}-${spanId}-01`]],
    [''],
    [`00-${traceId}-${spanId}`],
    [`00-${traceId}-${spanId}-01-more`],
    [`ff-${traceId}-${spanId}-01`],
    [`00-${traceId.toUpperCase()}-${spanId}-01`],
    [`00-${'0'.repeat(32)}-${spanId}-01`],
    [`00-${traceId}-${'0'.repeat(16)}-01`],
    [` 00-${traceId}-${spanId}-01`],
    [`00-${traceId}-${spanId}-01\n`],
    [`00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`],
    [`cc-${traceId}-${spanId}-01-${'x'.repeat(10_000)}`],
  ])('%j is nothing', (text) => {
    expect(readTraceparent(text)).toBe(null);
  });
});
