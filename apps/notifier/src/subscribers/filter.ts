import type { ActionKind } from '#treaty';
import type { Occurrence } from '../occurrences/occurrence.ts';

/** The kinds of fact that a subscriber may ask for as they are recorded. */
export const topics = ['actions', 'notifications', 'register'] as const;
export type Topic = (typeof topics)[number];

/** What a subscriber wants to be told. An empty list of treaties, participants or kinds narrows nothing. */
export interface Filter {
  readonly treaties: readonly string[];
  readonly participants: readonly string[];
  readonly kinds: readonly ActionKind[];
  readonly topics: readonly Topic[];
  /** Told when the number of instruments that count reaches one of these, or falls below it again. */
  readonly counts: readonly number[];
  /** Told so many days before a treaty enters into force; at once where fewer are left when the date is known. */
  readonly inForceInDays: readonly number[];
  /** Told so many days before the last day for signature. */
  readonly signatureClosesInDays: readonly number[];
}

const narrows = <Value>(wanted: readonly Value[], present: readonly Value[]): boolean =>
  wanted.length === 0 || present.some((one) => wanted.includes(one));

/** Whether a subscriber with this filter is told of an occurrence. Pure. */
export function matches(filter: Filter, occurrence: Occurrence): boolean {
  const { treaty } = occurrence;
  if (filter.treaties.length > 0 && (treaty === null || !filter.treaties.includes(treaty)))
    return false;
  switch (occurrence.what) {
    case 'action':
      return filter.topics.includes('actions') && concerns(filter, occurrence);
    case 'notification':
      return filter.topics.includes('notifications') && concerns(filter, occurrence);
    case 'register':
      return (
        filter.topics.includes('register') && narrows(filter.participants, occurrence.participants)
      );
    case 'count': {
      const { before, after } = occurrence;
      return filter.counts.some((n) => before < n !== after < n);
    }
    case 'entry-into-force':
      return isDue(filter.inForceInDays, occurrence);
    case 'signature-closes':
      return isDue(filter.signatureClosesInDays, occurrence);
  }
}

const concerns = (
  filter: Filter,
  { participants, kinds }: Extract<Occurrence, { participants: unknown }>,
): boolean => narrows(filter.participants, participants) && narrows(filter.kinds, kinds);

/** A day brings the exact number of days; what makes a date known, an event or a day, all that have passed. */
const isDue = (
  wanted: readonly number[],
  { days, isNew }: Extract<Occurrence, { days: unknown }>,
): boolean => wanted.some((n) => (isNew ? n >= days : n === days));

/** Whether anything that follows from events or days, and is no event itself, is wanted. */
export const wantsThresholds = (filter: Filter): boolean =>
  filter.counts.length + filter.inForceInDays.length + filter.signatureClosesInDays.length > 0;
