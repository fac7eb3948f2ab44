import { describe, expect, it } from '@jest/globals';
import { CheckpointCounter, eventFilter } from './event-filter.ts';

const chosen = (regex: string, names: readonly string[]): string[] => {
  const filter = eventFilter('stream', regex, []);
  return names.filter((name) => filter.matches(name, 'Type'));
};

describe('a regular expression', () => {
  const names = ['treaty-1', 'Treaty-2', 'my-treaty-3', 'treaty', 'A-treaty', 'treatyZ', '\\A'];

  it.each<[string, string[]]>([
    ['^treaty', ['treaty-1', 'treaty', 'treatyZ']],
    ['(?i)^treaty-', ['treaty-1', 'Treaty-2']],
    ['(?ii)^TREATY$', ['treaty']],
    ['\\Atreaty\\z', ['treaty']],
    ['treaty\\Z', ['treaty', 'A-treaty']],
    ['\\\\A', ['\\A']],
    ['^[^$].*', names],
  ])('%s', (regex, expected) => {
    expect(chosen(regex, names)).toEqual(expected);
  });

  it('that cannot be read is refused', () => {
    expect(() => eventFilter('type', '(', [])).toThrow('regular expression cannot be read');
    expect(() => eventFilter('type', '(?>a)', [])).toThrow('regular expression cannot be read');
  });
});

describe('prefixes', () => {
  it('are compared as they are, in the name they are on', () => {
    const filter = eventFilter('type', '', ['a.', 'b']);
    expect(['a.x', 'ax', 'b', 'ab'].filter((type) => filter.matches('a.stream', type))).toEqual([
      'a.x',
      'b',
    ]);
  });

  it('none choose nothing', () => {
    expect(eventFilter('stream', '', []).matches('a', 'b')).toBe(false);
  });
});

describe('a counter of checkpoints', () => {
  it('says when one is due, and never the same twice', () => {
    const counter = new CheckpointCounter(3);
    expect([1, 2, 3, 4, 5, 6].map((position) => counter.consider(position))).toEqual([
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
    expect([counter.isNew(6), counter.isNew(7), counter.isNew(7)]).toEqual([false, true, false]);
  });
});
