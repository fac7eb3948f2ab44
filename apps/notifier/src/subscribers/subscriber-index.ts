import type { Occurrence } from '../occurrences/occurrence.ts';
import { matches, wantsThresholds, type Filter } from './filter.ts';

/** What the fan-out needs to know of a subscriber. */
export interface Indexed {
  readonly number: number;
  readonly filter: Filter;
  readonly rhythm: 'immediate' | 'daily' | 'weekly';
  readonly timeZone: string;
}

const everything = 'all';

/**
 * Where a subscriber is looked for: under what narrows its filter most. One that wants thresholds of any
 * treaty is under everything, because those name no participant.
 */
function keysOf(filter: Filter): string[] {
  if (filter.treaties.length > 0) return filter.treaties.map((treaty) => `treaty ${treaty}`);
  if (wantsThresholds(filter)) return [everything];
  if (filter.participants.length > 0)
    return filter.participants.map((code) => `participant ${code}`);
  if (filter.kinds.length > 0 && !filter.topics.includes('register'))
    return filter.kinds.map((kind) => `kind ${kind}`);
  return [everything];
}

/** Active subscribers by what they filter on, so that an occurrence looks only at those it may concern. */
export class SubscriberIndex {
  private readonly byKey = new Map<string, Map<number, Indexed>>();
  private readonly byNumber = new Map<number, Indexed>();
  private thresholds = 0;

  get size(): number {
    return this.byNumber.size;
  }

  /** Whether anybody wants what follows from events and days; computing it is left out otherwise. */
  get wantsThresholds(): boolean {
    return this.thresholds > 0;
  }

  put(subscriber: Indexed): void {
    this.remove(subscriber.number);
    this.byNumber.set(subscriber.number, subscriber);
    if (wantsThresholds(subscriber.filter)) this.thresholds += 1;
    for (const key of keysOf(subscriber.filter)) {
      const held = this.byKey.get(key);
      if (held === undefined) this.byKey.set(key, new Map([[subscriber.number, subscriber]]));
      else held.set(subscriber.number, subscriber);
    }
  }

  remove(number: number): void {
    const known = this.byNumber.get(number);
    if (known === undefined) return;
    this.byNumber.delete(number);
    if (wantsThresholds(known.filter)) this.thresholds -= 1;
    for (const key of keysOf(known.filter)) {
      const held = this.byKey.get(key);
      held?.delete(number);
      if (held?.size === 0) this.byKey.delete(key);
    }
  }

  clear(): void {
    this.byKey.clear();
    this.byNumber.clear();
    this.thresholds = 0;
  }

  /** Everyone who is told of an occurrence, each once. */
  matching(occurrence: Occurrence): Indexed[] {
    const keys = new Set([everything, `treaty ${occurrence.treaty}`]);
    if ('participants' in occurrence) {
      for (const code of occurrence.participants) keys.add(`participant ${code}`);
      for (const kind of occurrence.kinds) keys.add(`kind ${kind}`);
    }
    const found = new Map<number, Indexed>();
    for (const key of keys)
      for (const subscriber of this.byKey.get(key)?.values() ?? [])
        if (matches(subscriber.filter, occurrence)) found.set(subscriber.number, subscriber);
    return [...found.values()];
  }
}
