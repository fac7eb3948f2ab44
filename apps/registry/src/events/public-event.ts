import { toStored, type AnyEvent } from '#ledger';
import type { Recorded } from '#treaty';

/** An event of the ledger as everyone may read it. */
export interface PublicEvent {
  /** Place in the whole ledger, a decimal string; what `after` and Last-Event-ID take. */
  readonly position: string;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: string;
  /** Stored name with its version: `ratification.v1`. */
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What is published of an event: all of the fact, and nothing of its metadata, which names the officer. */
export function publicEvent({
  event,
  position,
  id,
  stream,
  revision,
  recordedAt,
}: Recorded<AnyEvent>): PublicEvent {
  const { name, data } = toStored(event);
  return { position, id, stream, revision, recordedAt, name, data };
}

/** An event as a line of NDJSON. */
export function eventLine(recorded: Recorded<AnyEvent>): string {
  return `${JSON.stringify(publicEvent(recorded))}\n`;
}

/** An event as server-sent events write it. JSON has no line breaks, so one `data` line holds it. */
export function eventFrame(recorded: Recorded<AnyEvent>): Buffer {
  return Buffer.from(
    `id: ${recorded.position}\ndata: ${JSON.stringify(publicEvent(recorded))}\n\n`,
  );
}
