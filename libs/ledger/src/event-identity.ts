import { createHash, randomUUID } from 'node:crypto';
import type { CommandMeta } from './command-result.ts';

/** A UUID (version 8) made from words: the same words, the same id. */
export function uuidFrom(...words: readonly string[]): string {
  const hash = createHash('sha256').update(words.join('\0')).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** JSON with its keys in order: the same command, the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(',')}}`;
}

/** A short name of a command's content, kept with its events to tell a retry from another command. */
export function commandHash(command: object): string {
  return createHash('sha256').update(canonical(command)).digest('base64url').slice(0, 22);
}

/** What is kept beside an event: who, for which request, under which key. */
export const metadataOf = (
  { actor, correlationId, causationId, idempotencyKey, traceparent }: Partial<CommandMeta>,
  hash: string | null = null,
): Record<string, unknown> => ({
  actor,
  $correlationId: correlationId ?? randomUUID(),
  ...(causationId !== undefined && { $causationId: causationId }),
  ...(traceparent !== undefined && { traceparent }),
  ...(idempotencyKey !== undefined && hash !== null && { idempotencyKey, commandHash: hash }),
});

/** Id of a new action: from the Idempotency-Key where there is one, so that a retry proposes the same. */
export function newActionId(treaty: string, idempotencyKey: string | undefined): string {
  return idempotencyKey === undefined ? randomUUID() : uuidFrom('action', treaty, idempotencyKey);
}

/** Ids of the events of one append: the same for a retry, so that the store recognises it. */
export function eventIds(
  treaty: string,
  idempotencyKey: string | undefined,
  count: number,
): string[] {
  return Array.from({ length: count }, (_, index) =>
    idempotencyKey === undefined
      ? randomUUID()
      : uuidFrom('event', treaty, idempotencyKey, String(index)),
  );
}
