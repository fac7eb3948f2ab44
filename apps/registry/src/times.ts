import { dateParameter, knownAtParameter, positionParameter } from '#http';
import type { CalendarDate } from '#treaty';

export const timeParameters = ['asOf', 'asKnownAt', 'atLeast'] as const;

export interface Times {
  /** Legal date of the answer. */
  readonly asOf: CalendarDate;
  /** Instant (UTC) or ledger position whose knowledge is asked for; null: all that is known now. */
  readonly asKnownAt: string | null;
  readonly atLeast: string | undefined;
}

/** The times of a read: `?asOf=2026-01-31&asKnownAt=2026-02-01T00:00:00Z&atLeast=12345`. */
export function timesOf(query: Readonly<Record<string, unknown>>, today: CalendarDate): Times {
  return {
    asOf: dateParameter('asOf', query['asOf']) ?? today,
    asKnownAt: knownAtParameter('asKnownAt', query['asKnownAt']) ?? null,
    atLeast: positionParameter('atLeast', query['atLeast']),
  };
}
