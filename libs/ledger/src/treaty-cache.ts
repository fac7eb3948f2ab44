import {
  emptyRecord,
  evolveAll,
  type Recorded,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import type { EventStore, Loaded } from './event-store.ts';

/** What an Idempotency-Key was used for. */
export interface KeyUse {
  readonly hash: string;
  readonly events: readonly Recorded<TreatyEvent>[];
}

/** A treaty's fold with where it stands; continued by reading only what came after. */
export interface CachedTreaty {
  readonly record: TreatyRecord;
  /** null while the stream has no event. */
  readonly revision: number | null;
  readonly position: string | null;
  readonly keys: ReadonlyMap<string, KeyUse>;
}

const keptTreaties = 2000;

/** Folded records by treaty. Only a start: an append still names the revision it was decided on. */
export class TreatyCache {
  private readonly store: EventStore;
  private readonly kept = new Map<string, CachedTreaty>();

  constructor(store: EventStore) {
    this.store = store;
  }

  /** The treaty as it is now: what is kept, and whatever was appended since. */
  async load(treaty: string): Promise<CachedTreaty> {
    const known = this.kept.get(treaty) ?? fresh(treaty);
    const since = await this.store.readStream(streamOf(treaty), (known.revision ?? -1) + 1);
    return this.keep(treaty, afterEvents(known, since));
  }

  /** The treaty as last seen, without asking the store; null when nothing is kept. */
  peek(treaty: string): CachedTreaty | null {
    return this.kept.get(treaty) ?? null;
  }

  keep(treaty: string, cached: CachedTreaty): CachedTreaty {
    this.kept.delete(treaty);
    if (cached.revision === null) return cached;
    this.kept.set(treaty, cached);
    if (this.kept.size > keptTreaties) {
      const oldest = this.kept.keys().next();
      if (!oldest.done) this.kept.delete(oldest.value);
    }
    return cached;
  }

  forget(treaty: string): void {
    this.kept.delete(treaty);
  }
}

export const streamOf = (treaty: string): string => `treaty-${treaty}`;

const fresh = (treaty: string): CachedTreaty => ({
  record: emptyRecord(treaty),
  revision: null,
  position: null,
  keys: new Map(),
});

/** The fold continued by what was appended since, all at once: a stream may hold thirty thousand events. */
export function afterEvents(cached: CachedTreaty, since: readonly Loaded[]): CachedTreaty {
  const last = since.at(-1)?.recorded;
  if (last === undefined) return cached;
  const keys = new Map(cached.keys);
  for (const { recorded, metadata } of since) {
    const key = metadata['idempotencyKey'];
    if (typeof key !== 'string') continue;
    const use = keys.get(key) ?? { hash: String(metadata['commandHash']), events: [] };
    keys.set(key, { ...use, events: [...use.events, recorded as Recorded<TreatyEvent>] });
  }
  return {
    record: evolveAll(
      cached.record,
      since.map(({ recorded }) => recorded.event as TreatyEvent),
    ),
    revision: last.revision,
    position: last.position,
    keys,
  };
}
