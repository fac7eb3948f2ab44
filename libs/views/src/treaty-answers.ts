import {
  clausesInEnglish,
  clausesInFrench,
  entryIntoForceOf,
  notComputed,
  statusOf,
  type CalendarDate,
  type Recorded,
  type StatusRow,
  type TreatyEvent,
} from '#treaty';
import { actionItem, actionsOfTreaty } from './action-answers.ts';
import {
  eventsBetween,
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

const optionsOf = ({ elsewhere }: KnownTreaty, asOf: CalendarDate) => ({
  asOf,
  elsewhere,
});

function brief(known: KnownTreaty, asOf: CalendarDate): object {
  const { state, date, counted, required } = entryIntoForceOf(
    known.record,
    known.participants,
    optionsOf(known, asOf),
  );
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
    const { totals, participants } = statusOf(
      known.record,
      known.participants,
      optionsOf(known, asOf),
    );
    const entryIntoForce = brief(known, asOf);
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
      rectifications: record.rectifications.map(({ date, text }) => ({ date, text })),
    };
  });
}

function summary(known: KnownTreaty, asOf: CalendarDate): object {
  const { registered, treaty } = known.record;
  return {
    treaty,
    title: registered?.title ?? '',
    titleFr: registered?.titleFr ?? null,
    depositary: registered?.depositary ?? null,
    dateOfAdoption: registered?.dateOfAdoption ?? null,
    placeOfAdoption: registered?.placeOfAdoption ?? null,
    source: registered?.source ?? null,
    totals: statusOf(known.record, known.participants, optionsOf(known, asOf)).totals,
    entryIntoForce: brief(known, asOf),
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
  const acted = known.record.actions.some(({ current }) => current.participant === code);
  if (!acted) return null;
  return {
    revision: known.revision,
    body: () => {
      const { participants } = statusOf(known.record, known.participants, optionsOf(known, asOf));
      const row = participants.find((one) => one.code === code) ?? {
        code,
        name: known.participants.byCode[code]?.name ?? code,
        status: 'none',
      };
      const actions = actionsOfTreaty(states, treaty).filter(
        ({ action }) => action.current.participant === code,
      );
      return {
        treaty,
        asOf,
        asKnownAt,
        position: known.position,
        ...row,
        actions: actions.map(actionItem),
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
      const rows = (known: KnownTreaty, asOf: CalendarDate): Map<string, StatusRow> =>
        new Map(
          statusOf(known.record, known.participants, optionsOf(known, asOf)).participants.map(
            (row) => [row.code, row],
          ),
        );
      const before = rows(then, from.asOf);
      const after = rows(now, to.asOf);
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
        entryIntoForce: { before: brief(then, from.asOf), after: brief(now, to.asOf) },
        recorded: eventsBetween(states, treaty, then.position, now.position).map(recordedItem),
      };
    },
  };
}

function recordedItem({ event, recordedAt, position }: Recorded<TreatyEvent>): object {
  const { type, treaty: _treaty, ...what } = event;
  const { finalClauses: _clauses, ...brief } = { finalClauses: null, ...what };
  return { type, ...brief, recordedAt, position };
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
