/** EventStoreDB's rules for one node, said as simply as possible: what the store is compared with. */
export type Expected = 'any' | 'no_stream' | 'stream_exists' | number;

export interface Entry {
  stream: string;
  revision: bigint;
  type: string;
  /** Unknown for what the server writes itself. */
  id: string | undefined;
  commit: bigint | undefined;
}

export type Outcome =
  | { kind: 'appended' | 'repeated'; last: Entry }
  | { kind: 'wrong-expected-version'; actual: number }
  | { kind: 'done' | 'deleted' | 'missing' };

interface Stream {
  entries: Entry[];
  /** By event id, where it was written last. */
  known: Map<string, number>;
  metaRevisions: number;
  maxCount: number;
  truncateBefore: number;
  tombstoned: boolean;
}

const HIDDEN = Number.POSITIVE_INFINITY;

export class Model {
  readonly log: Entry[] = [];
  readonly #streams = new Map<string, Stream>();

  stream(name: string): Stream {
    let stream = this.#streams.get(name);
    if (stream === undefined) {
      stream = {
        entries: [],
        known: new Map(),
        metaRevisions: 0,
        maxCount: HIDDEN,
        truncateBefore: 0,
        tombstoned: false,
      };
      this.#streams.set(name, stream);
    }
    return stream;
  }

  softDeleted(name: string): boolean {
    return this.stream(name).truncateBefore === HIDDEN;
  }

  append(name: string, ids: readonly string[], expected: Expected): Outcome {
    const stream = this.stream(name);
    const current = stream.entries.length - 1;
    if (stream.tombstoned) return { kind: 'deleted' };
    if (expected === 'stream_exists') {
      if (this.softDeleted(name)) return { kind: 'deleted' };
      if (current < 0 && stream.metaRevisions === 0) return wrong(current);
    }
    if (expected === 'any' || expected === 'stream_exists') {
      const places = ids.map((id) => stream.known.get(id));
      if (places[0] === undefined) return this.#write(name, ids);
      if (places.includes(undefined)) return wrong(current);
      return { kind: 'repeated', last: at(stream.entries, places.at(-1)) };
    }
    const after = expected === 'no_stream' ? -1 : expected;
    if (after === current) return this.#write(name, ids);
    if (after > current) return wrong(current);
    const mismatch = ids.findIndex((id, n) => stream.entries[after + 1 + n]?.id !== id);
    if (mismatch === -1) return { kind: 'repeated', last: at(stream.entries, after + ids.length) };
    if (mismatch === 0 && after === -1 && this.softDeleted(name)) return this.#write(name, ids);
    return wrong(current);
  }

  #write(name: string, ids: readonly string[]): Outcome {
    const stream = this.stream(name);
    const revive = this.softDeleted(name);
    const first = stream.entries.length;
    for (const id of ids) {
      if (!stream.known.has(id)) stream.known.set(id, stream.entries.length);
      this.#log(name, stream.entries, 'Numbered', id);
    }
    // The first append after a delete makes the stream visible again, from there on.
    if (revive) this.#metadata(name, HIDDEN, first);
    return { kind: 'appended', last: at(stream.entries, -1) };
  }

  #log(stream: string, entries: Entry[], type: string, id?: string): void {
    const revision = BigInt(entries.length);
    const entry: Entry = { stream, revision, type, id, commit: undefined };
    entries.push(entry);
    this.log.push(entry);
  }

  #metadata(name: string, maxCount: number, truncateBefore: number): void {
    const stream = this.stream(name);
    Object.assign(stream, { maxCount, truncateBefore });
    this.log.push({
      stream: `$$${name}`,
      revision: BigInt(stream.metaRevisions),
      type: '$metadata',
      id: undefined,
      commit: undefined,
    });
    stream.metaRevisions += 1;
  }

  setMetadata(name: string, maxCount?: number, truncateBefore?: number): void {
    const revive = this.softDeleted(name);
    this.#metadata(name, maxCount ?? HIDDEN, truncateBefore ?? 0);
    // Metadata opens a deleted stream as well, for what comes and not for what was deleted.
    if (revive) this.#metadata(name, maxCount ?? HIDDEN, this.stream(name).entries.length);
  }

  delete(name: string, expected: Expected): Outcome {
    const refused = this.#check(name, expected);
    if (refused !== undefined) return refused;
    const { entries, metaRevisions } = this.stream(name);
    if (entries.length === 0 && metaRevisions === 0) return wrong(-1);
    this.#metadata(name, HIDDEN, HIDDEN);
    return { kind: 'done' };
  }

  tombstone(name: string, expected: Expected): Outcome {
    const refused = this.#check(name, expected);
    if (refused !== undefined) return refused;
    this.stream(name).tombstoned = true;
    this.log.push({
      stream: name,
      revision: 2n ** 63n - 1n,
      type: '$streamDeleted',
      id: undefined,
      commit: undefined,
    });
    return { kind: 'done' };
  }

  #check(name: string, expected: Expected): Outcome | undefined {
    const stream = this.stream(name);
    const current = stream.entries.length - 1;
    if (stream.tombstoned) return { kind: 'deleted' };
    if (expected === 'any') return undefined;
    if (expected === 'stream_exists') {
      if (this.softDeleted(name)) return { kind: 'deleted' };
      return current < 0 && stream.metaRevisions === 0 ? wrong(current) : undefined;
    }
    if (expected === 'no_stream' && this.softDeleted(name)) return undefined;
    return (expected === 'no_stream' ? -1 : expected) === current ? undefined : wrong(current);
  }

  /** What a read shows, or why it shows nothing. */
  read(
    name: string,
    backwards: boolean,
    from: number | 'start' | 'end',
    maxCount: number,
  ): Entry[] | 'missing' | 'deleted' {
    const stream = this.stream(name);
    if (stream.tombstoned) return 'deleted';
    if (stream.entries.length === 0 || this.softDeleted(name)) return 'missing';
    const oldest = Math.max(stream.truncateBefore, stream.entries.length - stream.maxCount);
    const visible = stream.entries.filter(({ revision }) => Number(revision) >= oldest);
    if (backwards) {
      const last = from === 'start' ? 0 : from === 'end' ? HIDDEN : from;
      const wanted = visible.filter(({ revision }) => Number(revision) <= last);
      return wanted.toReversed().slice(0, maxCount);
    }
    const first = from === 'start' ? 0 : from === 'end' ? HIDDEN : from;
    return visible.filter(({ revision }) => Number(revision) >= first).slice(0, maxCount);
  }
}

function at(entries: readonly Entry[], index = -1): Entry {
  const entry = entries.at(index);
  if (entry === undefined) throw new Error(`the model has no entry ${index}`);
  return entry;
}

const wrong = (current: number): Outcome => ({ kind: 'wrong-expected-version', actual: current });
