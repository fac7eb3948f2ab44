import {
  entryIntoForceOf,
  type CalendarDate,
  type EntryIntoForce,
  type TreatyRecord,
} from '#treaty';
import {
  lastPositionKnown,
  optionsOf,
  treatyKnown,
  type KnownTreaty,
  type TimesAsked,
  type ViewStates,
} from '../known-at.ts';
import { inMtdsgOrder, mtdsgKey } from '../mtdsg-order.ts';
import { treatySummary } from '../treaty-answers.ts';
import type { ListPage } from './list-page.ts';
import { isDescending, pageOfRows, searchable, type SortKey } from './order.ts';

/** In which order treaties may be listed: of their numbers, by title, of adoption, of entry into force. */
export const treatySorts = [
  'number',
  '-number',
  'title',
  '-title',
  'adoption',
  '-adoption',
  'entryIntoForce',
  '-entryIntoForce',
] as const;
export type TreatySort = (typeof treatySorts)[number];

export interface TreatyListAsked extends TimesAsked {
  readonly state: EntryIntoForce['state'] | null;
  /** Code of a participant that acted in it. */
  readonly participant: string | null;
  /** Text that the title, the French title or the number holds. */
  readonly text: string | null;
  readonly depositary: string | null;
  readonly sort: TreatySort;
  readonly limit: number;
  readonly after: SortKey | null;
}

type Brief = Pick<EntryIntoForce, 'state'> & { readonly date: CalendarDate | null };

/** What was last made of a treaty's record, by what it was made from. */
class LastMade<Made> {
  private readonly made = new WeakMap<TreatyRecord, { key: string; made: Made }>();

  of({ record, revision }: KnownTreaty, asOf: CalendarDate, make: () => Made): Made {
    const key = `${revision} ${asOf}`;
    const known = this.made.get(record);
    if (known?.key === key) return known.made;
    const made = make();
    this.made.set(record, { key, made });
    return made;
  }
}

const briefs = new LastMade<Brief>();
const summaries = new LastMade<object>();

/** Where a treaty stands, for its place in a list. */
const briefOf = (known: KnownTreaty, asOf: CalendarDate): Brief =>
  briefs.of(known, asOf, () => {
    const { record, participants } = known;
    const { state, date } = entryIntoForceOf(record, participants, optionsOf(known, asOf));
    return { state, date: date ?? null };
  });

/** What comes last in either direction is what has no date. */
const sortsLast = '9999-12-31';
const sortsLastDescending = '0000-00-00';

function keyOf(known: KnownTreaty, { sort, asOf }: TreatyListAsked): SortKey {
  const { treaty, registered } = known.record;
  const number = mtdsgKey(treaty);
  const none = isDescending(sort) ? sortsLastDescending : sortsLast;
  if (sort.endsWith('number')) return [number];
  if (sort.endsWith('title')) return [searchable(registered?.title ?? ''), number];
  if (sort.endsWith('adoption')) return [registered?.dateOfAdoption ?? none, number];
  return [briefOf(known, asOf).date ?? none, number];
}

function fits(states: ViewStates, known: KnownTreaty, asked: TreatyListAsked): boolean {
  const { treaty, registered } = known.record;
  const { participant, text, depositary, state } = asked;
  const has = (where: string | null | undefined, what: string): boolean =>
    searchable(where ?? '').includes(searchable(what));
  return (
    (participant === null || states.actions.treatiesOf.get(participant)?.has(treaty) === true) &&
    (participant === null ||
      known.record.actions.some(({ current }) => current.participant === participant)) &&
    (text === null ||
      [registered?.title, registered?.titleFr, treaty].some((where) => has(where, text))) &&
    (depositary === null || has(registered?.depositary, depositary)) &&
    (state === null || briefOf(known, asked.asOf).state === state)
  );
}

/** Treaties as known then. */
export function treatyList(states: ViewStates, asked: TreatyListAsked): ListPage {
  const { asOf, asKnownAt, sort, limit, after } = asked;
  const rows = [...states.treaties.byId.keys()].toSorted(inMtdsgOrder).flatMap((treaty) => {
    const known = treatyKnown(states, treaty, asked);
    if (known === null || !fits(states, known, asked)) return [];
    return [{ known, key: keyOf(known, asked) }];
  });
  const { shown, more } = pageOfRows(rows, { after, limit, descending: isDescending(sort) });
  const position = lastPositionKnown(states, asKnownAt);
  const last = shown.at(-1);
  return {
    revision: `${position} ${asOf}`,
    next:
      more && last !== undefined ? { key: last.key, asOf, asKnownAt: asKnownAt ?? position } : null,
    count: shown.length,
    position,
    rows: () =>
      shown
        .values()
        .map(({ known }) =>
          summaries.of(known, asOf, () => treatySummary(states, known.record.treaty, asked) ?? {}),
        ),
    body: (treaties, next) => ({
      asOf,
      asKnownAt,
      position,
      total: rows.length,
      treaties,
      next,
    }),
  };
}
