import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  START,
  streamNameFilter,
  StreamNotFoundError,
  WrongExpectedVersionError,
  type AllStreamSubscription,
  type ReadAllOptions,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { SpanKind } from '@opentelemetry/api';
import { inSpan, traceparentOf } from '#tracing';
import type { Recorded } from '#treaty';
import { LedgerUnavailable } from './errors.ts';
import { fromStored, toStored, type AnyEvent } from './stored-events.ts';

/** Prefixes of the streams that hold the product's facts; everything else in the store is not ours. */
const ourStreams = ['treaty-', 'participants', 'notifications-'];

export interface NewEvent {
  readonly id: string;
  readonly event: AnyEvent;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A recorded event with what else is in its metadata. */
export interface Loaded {
  readonly recorded: Recorded<AnyEvent>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * Whether a stream holds the product's facts. The store chooses by prefix alone, so a name that is a whole
 * one (it ends in no hyphen) is compared again here: `participants-of-a-race` is somebody else's.
 */
export const isOurStream = (stream: string): boolean =>
  ourStreams.some((name) => (name.endsWith('-') ? stream.startsWith(name) : stream === name));
/** Some of the ledger in order. */
export interface LedgerPage {
  readonly events: readonly Recorded<AnyEvent>[];
  readonly upTo: string | null;
}

/** Where an append ended. */
interface Appended {
  readonly outcome: 'appended';
  readonly position: string;
  readonly revision: number;
}

type ProposedEvent = ReturnType<typeof jsonEvent>;

/** Milliseconds after which a call that got no answer is given up. */
const patience = 5000;

/** The only place that talks to EventStoreDB's client; its errors become the ledger's own. */
export class EventStore {
  private readonly client: EventStoreDBClient;
  lastError: string | null = null;

  constructor(connectionString: string) {
    this.client = EventStoreDBClient.connectionString(connectionString);
  }

  /** Events of a stream from a revision on; none for a stream that doesn't exist. */
  async readStream(stream: string, fromRevision: number): Promise<Loaded[]> {
    return this.guarded('reading', async () => {
      const loaded: Loaded[] = [];
      try {
        const events = this.client.readStream(stream, {
          direction: FORWARDS,
          fromRevision: fromRevision === 0 ? START : BigInt(fromRevision),
        });
        for await (const resolved of events) {
          const one = loadedOf(resolved);
          if (one !== null) loaded.push(one);
        }
      } catch (error) {
        if (error instanceof StreamNotFoundError) return [];
        throw error;
      }
      return loaded;
    });
  }

  /**
   * Appends atomically. `conflict`: the stream is not at the revision expected. Where there are traces, the events
   * keep the span of their append, so that what follows from them is told as following from it.
   */
  append(
    stream: string,
    expected: number | null,
    events: readonly NewEvent[],
  ): Promise<Appended | { outcome: 'conflict' }> {
    const attributes = {
      'messaging.system': 'eventstoredb',
      'messaging.operation.name': 'append',
      'messaging.destination.name': stream,
      'messaging.batch.message_count': events.length,
    };
    return inSpan('append', { kind: SpanKind.PRODUCER, attributes }, async (span) => {
      const proposed = events.map(({ id, event, metadata }) => {
        const { name, data } = toStored(event);
        const kept = { ...metadata, ...traceparentOf(span) };
        return jsonEvent({ id, type: name, data, metadata: kept });
      });
      const stored = await this.send(stream, expected, proposed);
      span.setAttribute('treaty_ledger.outcome', stored.outcome);
      if (stored.outcome === 'appended')
        span.setAttribute('treaty_ledger.position', stored.position);
      return stored;
    });
  }

  private send(
    stream: string,
    expected: number | null,
    proposed: ProposedEvent[],
  ): Promise<Appended | { outcome: 'conflict' }> {
    return this.guarded('recording', async () => {
      const expectedRevision = expected === null ? NO_STREAM : BigInt(expected);
      try {
        const { nextExpectedRevision, position } = await this.client.appendToStream(
          stream,
          proposed,
          { expectedRevision },
        );
        return {
          outcome: 'appended',
          position: String(position?.commit ?? 0n),
          revision: Number(nextExpectedRevision),
        };
      } catch (error) {
        if (error instanceof WrongExpectedVersionError) return { outcome: 'conflict' };
        throw error;
      }
    });
  }

  /** The whole ledger in order from after a position, only our streams. */
  async *readAll(fromPosition: string | null): AsyncGenerator<Recorded<AnyEvent>> {
    const from =
      fromPosition === null
        ? START
        : { commit: BigInt(fromPosition), prepare: BigInt(fromPosition) };
    for await (const resolved of this.client.readAll({ direction: FORWARDS, fromPosition: from })) {
      const { event } = resolved;
      if (event === undefined || !isOurStream(event.streamId)) continue;
      const loaded = loadedOf(resolved);
      if (loaded !== null && loaded.recorded.position !== fromPosition) yield loaded.recorded;
    }
  }

  /**
   * At most `count` events of the ledger from after a position, ours among them, read whole: memory holds one
   * page and no more. `upTo` is how far was read, to go on from; null where nothing comes after.
   */
  async readPage(fromPosition: string | null, count: number): Promise<LedgerPage> {
    return this.guarded('reading', async () => {
      const at = fromPosition === null ? null : BigInt(fromPosition);
      const events: Recorded<AnyEvent>[] = [];
      let upTo: string | null = null;
      // The store begins with the event at the position itself, which is left out again.
      const asked = this.client.readAll({
        direction: FORWARDS,
        fromPosition: at === null ? START : { commit: at, prepare: at },
        maxCount: count + 1,
      });
      for await (const resolved of asked) {
        const { event } = resolved;
        const position = event?.position?.commit;
        if (event === undefined || position === undefined || (at !== null && position <= at))
          continue;
        upTo = String(position);
        if (!ourStreams.some((prefix) => event.streamId.startsWith(prefix))) continue;
        const loaded = loadedOf(resolved);
        if (loaded !== null) events.push(loaded.recorded);
      }
      return { events, upTo };
    });
  }

  /** Position of the ledger's end, whatever is there; null for an empty one. */
  async end(): Promise<bigint | null> {
    const last = await this.one({ direction: BACKWARDS, fromPosition: END, maxCount: 1 });
    return last?.position?.commit ?? null;
  }

  /** Whether the event at a position is the one with this id. */
  async holds(position: string, eventId: string): Promise<boolean> {
    const at = BigInt(position);
    const event = await this.one({
      direction: FORWARDS,
      fromPosition: { commit: at, prepare: at },
      maxCount: 1,
    });
    return event?.id === eventId;
  }

  /** The event of a read of one. Read to its end: the client waits for ever on closing for one left early. */
  private one(options: ReadAllOptions): Promise<ResolvedEvent['event']> {
    return this.guarded('reading', async () => {
      let found: ResolvedEvent['event'];
      for await (const { event } of this.client.readAll(options)) found = event;
      return found;
    });
  }

  /** A subscription to our streams from after a position. */
  subscribe(fromPosition: string | null): AllStreamSubscription {
    const position = fromPosition === null ? null : BigInt(fromPosition);
    return this.client.subscribeToAll({
      fromPosition: position === null ? START : { commit: position, prepare: position },
      filter: streamNameFilter({ prefixes: ourStreams, checkpointInterval: 32 }),
    });
  }

  /** Ends what is under way. Bounded: the client waits for ever for a read that was left early. */
  async close(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, 1000);
    await Promise.race([this.client.dispose(), late]);
    clearTimeout(timer);
  }

  private async guarded<Result>(doing: string, work: () => Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`no answer within ${patience / 1000} seconds`)),
        patience,
      );
    });
    try {
      const result = await Promise.race([work(), tooLate]);
      this.lastError = null;
      return result;
    } catch (error) {
      if (isOurs(error)) throw error;
      this.lastError = error instanceof Error ? error.message : String(error);
      throw new LedgerUnavailable(
        `The ledger's store did not answer while ${doing} (${this.lastError}); ${doing === 'recording' ? 'whether it was recorded is unknown, so repeat the same request with the same Idempotency-Key' : 'ask again in a moment'}.`,
      );
    } finally {
      clearTimeout(timer);
    }
  }
}

const isOurs = (error: unknown): boolean =>
  error instanceof Error && error.name === 'UnknownStoredEvent';

const metadataByEvent = new WeakMap<Recorded<unknown>, Readonly<Record<string, unknown>>>();

/**
 * What else the store holds about an event that was read from it: correlation, causation, the trace it belongs
 * to. Empty for one that was made in this process or comes from a snapshot.
 */
export function metadataOf(recorded: Recorded<unknown>): Readonly<Record<string, unknown>> {
  return metadataByEvent.get(recorded) ?? {};
}

/** An event of the client as the product's own, or null for one of the system's. */
export function loadedOf({ event }: ResolvedEvent): Loaded | null {
  if (event === undefined || event.type.startsWith('$')) return null;
  const { streamId, type, data, id, revision, created, position } = event;
  const metadata = (event.metadata ?? {}) as Record<string, unknown>;
  const decoded = fromStored(type, data, `${streamId}@${revision}`);
  const actor = typeof metadata['actor'] === 'string' ? metadata['actor'] : 'unknown';
  const recorded = {
    event: decoded,
    id,
    stream: streamId,
    revision: Number(revision),
    position: String(position?.commit ?? 0n),
    recordedAt: created.toISOString(),
    actor,
  };
  metadataByEvent.set(recorded, metadata);
  return { recorded, metadata };
}
