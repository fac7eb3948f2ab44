import {
  addDays,
  entryIntoForceOf,
  statusOf,
  type ActionRecorded,
  type CalendarDate,
  type TreatyRecord,
} from '#treaty';
import { treatyKnown, type ViewStates } from '#views';
import type { BriefForce } from './bodies.ts';

/** An act as the front page tells of it. */
export interface Recent {
  readonly act: ActionRecorded;
  readonly recordedAt: string;
}

const longer = (a: string, b: string): number =>
  a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;

/** The acts recorded last, the latest first, annulled ones left out. Only the last of each treaty are looked at. */
export function recordedLately({ treaties }: ViewStates, count: number): readonly Recent[] {
  return [...treaties.byId.values()]
    .flatMap(({ history, record }) => {
      const annulled = new Set(
        record.actions.filter((one) => one.annulled !== null).map(({ first }) => first.action),
      );
      return history
        .slice(-4 * count)
        .flatMap(({ event, recordedAt, position }) =>
          event.type === 'actionRecorded' && !annulled.has(event.action)
            ? [{ act: event, recordedAt, position }]
            : [],
        );
    })
    .toSorted((a, b) => longer(b.position, a.position))
    .slice(0, count)
    .map(({ act, recordedAt }) => ({ act, recordedAt }));
}

/** What comes of a treaty: its own date, and the dates on which it binds more participants. */
export interface Coming {
  readonly treaty: string;
  readonly force: BriefForce;
  /** Participants for which it enters into force on a day to come, by day; not those on its own first day. */
  readonly days: readonly { readonly date: CalendarDate; readonly codes: readonly string[] }[];
}

/** What was worked out for a record, until the record or the day is another one. */
const worked = new WeakMap<TreatyRecord, { readonly for: string; readonly coming: Coming }>();

function comingOf(states: ViewStates, treaty: string, today: CalendarDate): Coming | null {
  const known = treatyKnown(states, treaty, { asOf: today, asKnownAt: null });
  if (known === null || known.record.finalClauses.entryIntoForce === null) return null;
  const { record, participants, elsewhere, revision } = known;
  const wanted = `${today} ${revision}`;
  const kept = worked.get(record);
  if (kept?.for === wanted) return kept.coming;
  const options = { asOf: today, elsewhere };
  const { state, date, counted, required } = entryIntoForceOf(record, participants, options);
  const days = new Map<CalendarDate, string[]>();
  for (const { code, partyFrom } of statusOf(record, participants, options).participants) {
    if (partyFrom === undefined || partyFrom <= today || partyFrom === date) continue;
    days.set(partyFrom, [...(days.get(partyFrom) ?? []), code]);
  }
  const coming = {
    treaty,
    force: { state, ...(date !== undefined && { date }), counted, required },
    days: [...days].map(([day, codes]) => ({ date: day, codes })),
  };
  worked.set(record, { for: wanted, coming });
  return coming;
}

export interface ComingSoon {
  /** In order of date: codes are empty where the treaty itself enters into force. */
  readonly dated: readonly {
    readonly treaty: string;
    readonly date: CalendarDate;
    readonly codes: readonly string[];
  }[];
  /** Treaties without a date, the closest to one first. */
  readonly closest: readonly Coming[];
}

/** What comes into force within a year, and which treaties are closest to it. */
export function comingSoon(states: ViewStates, today: CalendarDate): ComingSoon {
  const end = addDays(today, 366);
  const all = [...states.treaties.byId.keys()].flatMap(
    (treaty) => comingOf(states, treaty, today) ?? [],
  );
  const dated = all
    .flatMap(({ treaty, force, days }) => [
      ...(force.state === 'fixed' && force.date !== undefined
        ? [{ treaty, date: force.date, codes: [] }]
        : []),
      ...days.map(({ date, codes }) => ({ treaty, date, codes })),
    ])
    .filter(({ date }) => date <= end)
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const share = ({ force: { counted, required } }: Coming): number =>
    required === null || required === 0 ? 0 : counted / required;
  const closest = all
    .filter(({ force: { state, required } }) => state === 'pending' && (required ?? 0) > 0)
    .toSorted((a, b) => share(b) - share(a))
    .slice(0, 6);
  return { dated: dated.slice(0, 12), closest };
}
