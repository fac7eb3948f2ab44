import type { Recorded } from '#treaty';
import { recordedOf, type StoredRecord } from './recorded.ts';
import type { StoreConnection } from './store-connection.ts';
import type { AnyEvent } from './stored-events.ts';

/** What was recorded under an idempotency key, and the hash of the command that it came with. */
export interface KeyUsed<E> {
  readonly commandHash: string | null;
  readonly events: readonly Recorded<E>[];
}

/** A stream folded up to a revision. */
export interface Folded<S, E> {
  readonly state: S;
  /** -1 for a stream that is not there. */
  readonly revision: number;
  readonly position: string | null;
  readonly keys: ReadonlyMap<string, KeyUsed<E>>;
}

/**
 * Streams folded to what deciding needs, the latest used of them kept and continued by reading only what came
 * after. An entry is dropped on any error: the next load reads the stream from its beginning.
 */
export class FoldedStreams<S, E extends AnyEvent> {
  private readonly kept = new Map<string, Folded<S, E>>();

  constructor(
    private readonly store: StoreConnection,
    private readonly empty: (stream: string) => S,
    private readonly evolve: (state: S, event: E) => S,
    private readonly belongs: (event: AnyEvent) => event is E,
    private readonly most = 256,
  ) {}

  /** Everything recorded in the stream when asked. `until`: an instant in ms, up to which it tries again. */
  async load(stream: string, until: number): Promise<Folded<S, E>> {
    try {
      const from = this.kept.get(stream) ?? this.nothing(stream);
      const read = await this.store.patiently(until, () => this.store.stream(stream, from.revision));
      return this.continue(stream, from, read.map(recordedOf));
    } catch (error) {
      this.drop(stream);
      throw error;
    }
  }

  /** The fold with further events of the stream, which follow it without a gap. */
  continue(stream: string, from: Folded<S, E>, records: readonly StoredRecord[]): Folded<S, E> {
    const folded = this.fold(stream, from, records);
    this.kept.delete(stream);
    this.kept.set(stream, folded);
    if (this.kept.size > this.most) {
      const eldest = this.kept.keys().next();
      if (!eldest.done) this.kept.delete(eldest.value);
    }
    return folded;
  }

  drop(stream: string): void {
    this.kept.delete(stream);
  }

  private nothing(stream: string): Folded<S, E> {
    return { state: this.empty(stream), revision: -1, position: null, keys: new Map() };
  }

  private fold(stream: string, from: Folded<S, E>, records: readonly StoredRecord[]): Folded<S, E> {
    if (records.length === 0) return from;
    let { state, revision, position } = from;
    const keys = new Map(from.keys);
    for (const { recorded, idempotencyKey, commandHash } of records) {
      const { event } = recorded;
      if (recorded.revision !== revision + 1)
        throw new Error(`Events of ${stream} are missing after revision ${revision}.`);
      if (!this.belongs(event))
        throw new Error(`Event ${recorded.revision} of ${stream} (${event.type}) does not belong there.`);
      state = this.evolve(state, event);
      ({ revision, position } = recorded);
      if (idempotencyKey === null) continue;
      const earlier = keys.get(idempotencyKey)?.events ?? [];
      keys.set(idempotencyKey, { commandHash, events: [...earlier, { ...recorded, event }] });
    }
    return { state, revision, position, keys };
  }
}
