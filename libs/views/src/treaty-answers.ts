import {
  clausesInEnglish,
  clausesInFrench,
  entryIntoForceOf,
  notComputed,
  participantNameOn,
  participantOf,
  statusOf,
  statusRowOf,
  treatyDates,
  type CalendarDate,
  type CountedInstrument,
  type NotificationEvent,
  type ParticipantEvent,
  type Recorded,
  type Status,
  type StatusRow,
  type TreatyEvent,
} from '#treaty';
import { actionItem, actionsIn } from './action-answers.ts';
import {
  eventsBetween,
  optionsOf,
  treatyKnown,
  type KnownTreaty,
  type TimesAsked,
  type ViewStates,
} from './known-at.ts';

/** An answer made only when it is sent: `revision` changes whenever the body would. */
export interface LazyAnswer {
  readonly revision: string;
  readonly body: () => object;
}

export interface TreatyAsked extends TimesAsked {
  readonly treaty: string;
}

type Dates = ReturnType<typeof treatyDates>;

const datesOf = (known: KnownTreaty, asOf: CalendarDate): Dates =>
  treatyDates(known.record, known.participants, optionsOf(known, asOf));

const tableOf = (known: KnownTreaty, asOf: CalendarDate, dates: Dates): Status =>
  statusOf(known.record, known.participants, optionsOf(known, asOf), dates);

function brief({ answer: { state, date, counted, required } }: Dates): object {
  return { state, ...(date !== undefined && { date }), counted, required };
}

function answer(
  states: ViewStates,
  asked: TreatyAsked,
  body: (known: KnownTreaty) => object,
): LazyAnswer | null {
  const known = treatyKnown(states, asked.treaty, asked);
  return known === null ? null : { revision: known.revision, body: () => body(known) };
}

/** The status table: every participant that acted, and where it stands. */
export function statusAnswer(states: ViewStates, asked: TreatyAsked): LazyAnswer | null {
  const { treaty, asOf, asKnownAt } = asked;
  return answer(states, asked, (known) => {
    const dates = datesOf(known, asOf);
    const { totals, participants } = tableOf(known, asOf, dates);
    const entryIntoForce = brief(dates);
    return {
      treaty,
      asOf,
      asKnownAt,
      position: known.position,
      totals,
      entryIntoForce,
      participants,
    };
  });
}

/** When the treaty enters into force, and why. */
export function entryIntoForceAnswer(states: ViewStates, asked: TreatyAsked): LazyAnswer | null {
  const { treaty, asOf, asKnownAt } = asked;
  return answer(states, asked, (known) => ({
    treaty,
    asOf,
    asKnownAt,
    position: known.position,
    ...entryIntoForceOf(known.record, known.participants, optionsOf(known, asOf)),
  }));
}

/** One treaty: what it is, its final clauses, and where it stands. */
export function treatyAnswer(states: ViewStates, asked: TreatyAsked): LazyAnswer | null {
  const { asOf, asKnownAt } = asked;
  return answer(states, asked, (known) => {
    const { record, position } = known;
    return {
      ...summary(known, asOf),
      asOf,
      asKnownAt,
      position,
      finalClauses: record.finalClauses,
      inWords: {
        en: clausesInEnglish(record.finalClauses),
        fr: clausesInFrench(record.finalClauses),
      },
      notComputed: notComputed(record.finalClauses),
      officialDates: record.officialDates.map(({ participant, date, reason }) => ({
        participant,
        date,
        reason,
      })),
      rectifications: record.rectifications
        .filter(({ date }) => date <= asOf)
        .map(({ date, text }) => ({ date, text })),
    };
  });
}

function summary(known: KnownTreaty, asOf: CalendarDate): object {
  const { registered, treaty } = known.record;
  const dates = datesOf(known, asOf);
  return {
    treaty,
    title: registered?.title ?? '',
    titleFr: registered?.titleFr ?? null,
    depositary: registered?.depositary ?? null,
    dateOfAdoption: registered?.dateOfAdoption ?? null,
    placeOfAdoption: registered?.placeOfAdoption ?? null,
    source: registered?.source ?? null,
    totals: tableOf(known, asOf, dates).totals,
    entryIntoForce: brief(dates),
  };
}

/** Where one participant stands in a treaty, with its actions there; null when it did nothing. */
export function participantInTreatyAnswer(
  states: ViewStates,
  asked: TreatyAsked & { readonly code: string },
): LazyAnswer | null {
  const { treaty, code, asOf, asKnownAt } = asked;
  const known = treatyKnown(states, treaty, asked);
  if (known === null) return null;
  const { record, participants, history } = known;
  const row = statusRowOf(record, participants, optionsOf(known, asOf), code);
  const acted = record.actions.some(({ current }) => current.participant === code);
  if (row === null && !acted) return null;
  return {
    revision: known.revision,
    body: () => {
      const who = participantOf(participants, code);
      const name = who === null ? code : participantNameOn(who, asOf);
      const actions = actionsIn(record, history).filter(
        ({ action }) => action.current.participant === code,
      );
      return {
        treaty,
        asOf,
        asKnownAt,
        position: known.position,
        ...(row ?? { code, name, status: 'none' }),
        actions: actions.map((found) => actionItem(found, participants, asOf)),
      };
    },
  };
}

const differs = (a: StatusRow | undefined, b: StatusRow | undefined): boolean =>
  JSON.stringify(a) !== JSON.stringify(b);

export interface ChangesAsked {
  readonly treaty: string;
  readonly from: TimesAsked;
  readonly to: TimesAsked;
}

/**
 * What differs in the status table between two points, each a legal date and what was known; and what was
 * recorded between them, where what was known differs: that is what changed the answer.
 */
export function changesAnswer(
  states: ViewStates,
  { treaty, from, to }: ChangesAsked,
): LazyAnswer | null {
  const then = treatyKnown(states, treaty, from);
  const now = treatyKnown(states, treaty, to);
  if (then === null || now === null) return null;
  return {
    revision: `${then.revision} ${now.revision}`,
    body: () => {
      const [datesThen, datesNow] = [datesOf(then, from.asOf), datesOf(now, to.asOf)];
      const rows = ({ participants }: Status): Map<string, StatusRow> =>
        new Map(participants.map((row) => [row.code, row]));
      const before = rows(tableOf(then, from.asOf, datesThen));
      const after = rows(tableOf(now, to.asOf, datesNow));
      const codes = [...new Set([...before.keys(), ...after.keys()])].filter((code) =>
        differs(before.get(code), after.get(code)),
      );
      return {
        treaty,
        from,
        to,
        position: now.position,
        changes: codes.map((code) => ({
          code,
          name: (after.get(code) ?? before.get(code))?.name ?? code,
          before: before.get(code) ?? null,
          after: after.get(code) ?? null,
        })),
        entryIntoForce: {
          before: brief(datesThen),
          after: brief(datesNow),
          countedInstruments: countedChanges(datesThen, datesNow),
        },
        recorded: eventsBetween(states, treaty, [from.asKnownAt, to.asKnownAt])
          .filter(({ event }) => concerns(event, new Set([...before.keys(), ...after.keys()])))
          .map((one) => recordedItem(one, treaty)),
      };
    },
  };
}

/** Instruments whose place in the count differs: which was the fortieth, and which is now. */
function countedChanges(then: Dates, now: Dates): object[] {
  const places = ({ answer }: Dates): ReadonlyMap<string, CountedInstrument> =>
    new Map(answer.countedInstruments.map((one) => [one.action, one]));
  const [before, after] = [places(then), places(now)];
  const actions = new Set([...after.keys(), ...before.keys()]);
  return [...actions].flatMap((action) => {
    const [was, is] = [before.get(action) ?? null, after.get(action) ?? null];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ action, before: was, after: is }];
  });
}

/** Whether an event about participants can change the table of these; one about a treaty always can. */
function concerns(
  event: TreatyEvent | ParticipantEvent | NotificationEvent,
  codes: ReadonlySet<string>,
): boolean {
  if ('treaty' in event || event.type === 'attributeTableRecorded') return true;
  if (event.type === 'membershipRecorded')
    return codes.has(event.organization) || codes.has(event.member);
  return codes.has(event.participant);
}

/** An event as `recorded` lists it; its treaty only where it is another one that the clauses refer to. */
function recordedItem(
  { event, recordedAt, position }: Recorded<TreatyEvent | ParticipantEvent | NotificationEvent>,
  treaty: string,
): object {
  const { treaty: other, ...what } = { treaty, ...event };
  const {
    finalClauses: _clauses,
    values: _values,
    draft: _draft,
    text: _text,
    ...rest
  } = {
    finalClauses: null,
    values: null,
    draft: null,
    text: null,
    ...what,
  };
  return { ...rest, ...(other !== treaty && { treaty: other }), recordedAt, position };
}

/** A short entry of a treaty, for lists. */
export function treatySummary(
  states: ViewStates,
  treaty: string,
  times: TimesAsked,
): object | null {
  const known = treatyKnown(states, treaty, times);
  return known === null ? null : summary(known, times.asOf);
}
