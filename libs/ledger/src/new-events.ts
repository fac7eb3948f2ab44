import { randomUUID } from 'node:crypto';
import type { CommandMeta } from './command-result.ts';
import { hashOf, uuidOf } from './event-ids.ts';
import type { EventToAppend } from './store-connection.ts';
import { encodeEvent, type AnyEvent } from './stored-events.ts';

/** Names a command for ever: ids that follow from its key, or fresh ones when it has none. */
export interface CommandIdentity {
  readonly idempotencyKey: string | null;
  readonly commandHash: string | null;
  /** For the action that the command may record. */
  readonly action: string;
  eventId(index: number): string;
}

/** Identity of a command on a stream. `part` tells the commands of one request from each other. */
export function identityOf(
  stream: string,
  command: unknown,
  meta: CommandMeta,
  part: number | null = null,
): CommandIdentity {
  const { idempotencyKey: given } = meta;
  if (given === undefined) {
    const ids: string[] = [];
    return {
      idempotencyKey: null,
      commandHash: null,
      action: randomUUID(),
      // Kept, so that the same append sent again has the same ids.
      eventId: (index) => (ids[index] ??= randomUUID()),
    };
  }
  const idempotencyKey = part === null ? given : `${given}\n${part}`;
  const commandHash = hashOf(command);
  return {
    idempotencyKey,
    commandHash,
    action: uuidOf('action', stream, idempotencyKey, commandHash),
    eventId: (index) => uuidOf('event', stream, idempotencyKey, commandHash, String(index)),
  };
}

/** The events of one command as they are appended, with who recorded them and under which key. */
export function eventsToAppend(
  events: readonly AnyEvent[],
  meta: CommandMeta,
  identity: CommandIdentity,
): EventToAppend[] {
  const { idempotencyKey, commandHash } = identity;
  const metadata = {
    actor: meta.actor,
    ...(meta.correlationId !== undefined && { $correlationId: meta.correlationId }),
    ...(meta.causationId !== undefined && { $causationId: meta.causationId }),
    ...(idempotencyKey !== null && { idempotencyKey, commandHash }),
  };
  return events.map((event, index) => {
    const { type, data } = encodeEvent(event);
    return { id: identity.eventId(index), type, data, metadata };
  });
}
