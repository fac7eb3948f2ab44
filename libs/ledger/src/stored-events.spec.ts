import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { actionKinds } from '#treaty';
import { UnknownStoredEvent } from './errors.ts';
import { fromStored, storedNames, toStored } from './stored-events.ts';

const frozen = new URL('../../../test/frozen-events/', import.meta.url);
const example = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`${name}.json`, frozen), 'utf8'));

describe('frozen examples of stored events', () => {
  it('are there for every name, and for no other', () => {
    const files = readdirSync(frozen).map((file) => file.replace(/\.json$/, ''));
    expect(files.toSorted()).toStrictEqual(storedNames.toSorted());
  });

  test.each(storedNames)('%s is read, and stored again as it was', (name) => {
    const data = example(name);
    const event = fromStored(name, data, 'treaty-XVIII-16@3');
    expect(toStored(event)).toStrictEqual({ name, data });
  });

  it('keep the kind in the name alone', () => {
    expect(fromStored('accession.v1', example('accession.v1'), 'x')).toMatchObject({
      type: 'actionRecorded',
      kind: 'accession',
    });
    for (const { storedAs } of Object.values(actionKinds))
      expect(example(storedAs)).not.toHaveProperty('kind');
  });
});

describe('what cannot be read stops, and says where and what', () => {
  test.each(['nobody-knows.v1', 'accession.v2', 'toString', '__proto__', ''])(
    'an event named %j',
    (name) => {
      expect(() => fromStored(name, {}, 'treaty-XVIII-16@3')).toThrow(UnknownStoredEvent);
      expect(() => fromStored(name, {}, 'treaty-XVIII-16@3')).toThrow(
        `treaty-XVIII-16@3 holds an event named "${name}", which this version doesn't know; use the version that wrote it, or a newer one.`,
      );
    },
  );

  test.each([null, 'text', 7, []])('data that is %j', (data) => {
    expect(() => fromStored('accession.v1', data, 'here')).toThrow('here (accession.v1) holds no');
  });

  test.each(storedNames)('%s without any one of its fields', (name) => {
    for (const field of Object.keys(example(name))) {
      const { [field]: _gone, ...rest } = example(name);
      expect(() => fromStored(name, rest, 'here')).toThrow(
        `here (${name}) has no usable field "${field}".`,
      );
    }
  });

  it('an impossible date', () => {
    const data = { ...example('accession.v1'), date: '2026-02-30' };
    expect(() => fromStored('accession.v1', data, 'here')).toThrow('no usable field "date"');
  });
});
