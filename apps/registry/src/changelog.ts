import type { DeprecatedRoute } from '#http';

/** A change of the public interface. */
export interface InterfaceChange {
  readonly date: string;
  readonly change: 'added' | 'changed' | 'deprecated' | 'removed';
  readonly what: string;
}

/** What changed in the public interface, the latest first. A field that is added is no new version. */
export const changelog: readonly InterfaceChange[] = [
  {
    date: '2026-11-25',
    change: 'added',
    what: 'The contact of a webhook, who is told by mail when it fails: contact in subscriptions, and /subscriptions/{subscription}/contact.',
  },
  {
    date: '2026-11-25',
    change: 'changed',
    what: 'A subscription whose receiver answered 410 cannot be resumed or sent again to; a replay from beyond the ledger is refused.',
  },
  {
    date: '2026-11-25',
    change: 'added',
    what: 'GET /subscriptions takes the fields of its form, for the page; everything against a subscription is told at once, in errors.',
  },
  {
    date: '2026-11-25',
    change: 'changed',
    what: 'A count or a date of entry into force that follows from an event of another treaty is told to subscribers at that event; followsFrom names it.',
  },
  {
    date: '2026-11-25',
    change: 'changed',
    what: 'objectionsUntil runs from the depositary notification of the reservation, else from the act; objectionsFrom says which.',
  },
  {
    date: '2026-11-25',
    change: 'added',
    what: 'The name of the participant, on the date asked and as known then, in every action.',
  },
  {
    date: '2026-11-25',
    change: 'changed',
    what: 'Lists, actions and notifications as known then name the position and what was issued then.',
  },
  {
    date: '2026-11-25',
    change: 'removed',
    what: 'The actor of a depositary notification: officers are not named in public.',
  },
  {
    date: '2026-11-25',
    change: 'added',
    what: 'Filters, sorting and cursors on every list; /actions over all treaties; first and next as links.',
  },
  {
    date: '2026-11-25',
    change: 'changed',
    what: 'A cursor is opaque, belongs to its list and sort, and keeps to the state of the first page.',
  },
  {
    date: '2026-11-25',
    change: 'removed',
    what: 'The actor of an action and of its corrections: officers are not named in public.',
  },
  { date: '2026-11-25', change: 'added', what: '/events and /stream: the whole ledger in order.' },
  { date: '2026-11-25', change: 'added', what: 'Every table as .csv and .xlsx.' },
  {
    date: '2026-11-25',
    change: 'added',
    what: 'Accept-Datetime and /timemap (Memento, RFC 7089); JSON-LD of treaties and of the data set.',
  },
  { date: '2026-11-24', change: 'added', what: 'The first interface, version 1.' },
];

/** Routes that will go. Each tells so in its answers. */
export const deprecatedRoutes: readonly DeprecatedRoute[] = [];
