import type { ParticipantStatus, Status, StatusRow } from './answers.ts';
import type { CalendarDate } from './calendar-date.ts';
import { treatyDates, type AnswerOptions } from './entry-into-force.ts';
import type { ActionRecorded } from './events.ts';
import { participantNameOn, participantOf } from './participant-register.ts';
import type { ParticipantRegister } from './participants.ts';
import {
  participationsAmong,
  type AmongOthers,
  type Participation,
  type TreatyDates,
} from './party-periods.ts';
import type { TreatyRecord } from './record.ts';
import { actionsOn, standingsOn, type Standing } from './standing.ts';
import { statementsOf, territoriesOf, type CirculatedOn } from './statements.ts';

/** The order of names, in English. */
const alphabet = new Intl.Collator('en');

/**
 * Where every participant that acted stands as of a date, by name.
 * @param dates of the treaty, where the caller has them already
 */
export function statusOf(
  record: TreatyRecord,
  participants: ParticipantRegister,
  options: AnswerOptions,
  dates: TreatyDates = treatyDates(record, participants, options),
): Status {
  const about = aboutTreaty(record, participants, options, dates);
  const { standings } = about;
  const rows = [...standings.values()].map((standing) => rowOf(standing, about));
  rows.sort((a, b) => alphabet.compare(a.name, b.name) || (a.code < b.code ? -1 : 1));
  const parties = rows.filter(({ status }) => status === 'party').length;
  return {
    totals: {
      signatories: rows.filter(
        ({ code, signature }) => signature !== undefined && !isDissolved(standings.get(code)),
      ).length,
      contractingStates:
        rows.filter(({ status }) => status === 'contracting-state').length + parties,
      parties,
    },
    participants: rows,
  };
}

/** Where one participant stands as of a date; null when it has no place in the table. */
export function statusRowOf(
  record: TreatyRecord,
  participants: ParticipantRegister,
  options: AnswerOptions,
  code: string,
): StatusRow | null {
  const dates = treatyDates(record, participants, options);
  const about = aboutTreaty(record, participants, options, dates);
  const standing = about.standings.get(code);
  return standing === undefined ? null : rowOf(standing, about);
}

function aboutTreaty(
  record: TreatyRecord,
  participants: ParticipantRegister,
  { asOf, circulatedOn = () => null }: AnswerOptions,
  dates: TreatyDates,
): About {
  const standings = standingsOn(record, participants, asOf, dates.entryIntoForce);
  const acts = Map.groupBy(actionsOn(record, asOf), ({ participant }) => participant);
  return { record, participants, dates, asOf, circulatedOn, standings, acts };
}

const isDissolved = (standing: Standing | undefined): boolean => standing?.dissolvedOn != null;

interface About extends AmongOthers {
  readonly circulatedOn: CirculatedOn;
  readonly acts: ReadonlyMap<string, readonly ActionRecorded[]>;
}

const consentIn = ({ kind, date, action }: ActionRecorded): NonNullable<StatusRow['consent']> => ({
  kind,
  dateOfDeposit: date,
  action,
});

function rowOf(standing: Standing, about: About): StatusRow {
  const { record, participants, dates, asOf, circulatedOn, acts } = about;
  const { participant: code, signature, consent, notice } = standing;
  const known = participantOf(participants, code);
  const all = participationsAmong(standing, about);
  const current = consent === null ? undefined : all.at(-1);
  const from = current?.from ?? null;
  const until = current?.until ?? null;
  const neverBound = current?.neverBound === true;
  const own = acts.get(code) ?? [];
  const ended = notice?.effectFrom != null && notice.effectFrom <= asOf;
  return {
    code,
    name: known === null ? code : participantNameOn(known, asOf),
    status: statusOn(standing, all, asOf),
    ...(signature !== null && {
      signature: { kind: signature.kind, date: signature.date, action: signature.action },
    }),
    ...(consent !== null && { consent: consentIn(consent) }),
    ...(from !== null && { partyFrom: from.date, partyFromRule: from.rule }),
    ...(until !== null && !neverBound && { partyUntil: until }),
    ...earlierOf(consent === null ? all : all.slice(0, -1)),
    ...(notice !== null &&
      (!ended || neverBound) && {
        withdrawal: {
          kind: notice.action.kind,
          dateOfReceipt: notice.action.date,
          effectFrom: notice.effectFrom,
          action: notice.action.action,
        },
      }),
    ...provisionalIn(standing, all[0]?.from?.date ?? null, asOf),
    ...succession(standing, about),
    ...territoriesOf(own, record, dates.entryIntoForce, asOf),
    ...statementsOf(own, record, standing, { asOf, circulatedOn }),
  };
}

function earlierOf(ended: readonly Participation[]): Pick<StatusRow, 'earlier'> {
  if (ended.length === 0) return {};
  return {
    earlier: ended.map(({ consent, from, until }) => ({
      consent: consentIn(consent),
      partyFrom: from?.date ?? null,
      partyUntil: until,
    })),
  };
}

/** Provisional application ends when the treaty enters into force for the State, at the latest (VCLT 25). */
function provisionalIn(
  { provisional }: Standing,
  partyFrom: CalendarDate | null,
  asOf: CalendarDate,
): Pick<StatusRow, 'provisionalApplicationFrom' | 'provisionalApplicationUntil'> {
  if (provisional === null || (partyFrom !== null && partyFrom <= provisional.from)) return {};
  const { from, until } = provisional;
  const bound = partyFrom !== null && partyFrom <= asOf ? partyFrom : null;
  const ended = until === null || bound === null ? (until ?? bound) : until < bound ? until : bound;
  return {
    provisionalApplicationFrom: from,
    ...(ended !== null && { provisionalApplicationUntil: ended }),
  };
}

/** Predecessors and successors that acted under the treaty too: their rows stay, and are linked. */
function succession(
  { participant: code }: Standing,
  { participants, standings }: About,
): Pick<StatusRow, 'predecessors' | 'successors'> {
  const before = predecessorsOf(participants, code).filter((other) => standings.has(other));
  const after = successorsOf(participants, code).filter((other) => standings.has(other));
  return {
    ...(before.length > 0 && { predecessors: before }),
    ...(after.length > 0 && { successors: after }),
  };
}

const successors = new WeakMap<ParticipantRegister, ReadonlyMap<string, readonly string[]>>();

function successorsOf(participants: ParticipantRegister, code: string): readonly string[] {
  let known = successors.get(participants);
  if (known === undefined) {
    const links = Object.keys(participants.byCode)
      .toSorted()
      .flatMap((after) => predecessorsOf(participants, after).map((before) => ({ before, after })));
    known = new Map(
      [...Map.groupBy(links, ({ before }) => before)].map(([before, all]) => [
        before,
        all.map(({ after }) => after),
      ]),
    );
    successors.set(participants, known);
  }
  return known.get(code) ?? [];
}

function predecessorsOf(participants: ParticipantRegister, code: string): readonly string[] {
  const known = participantOf(participants, code);
  if (known === null) return [];
  return known.continues === null || known.predecessors.includes(known.continues)
    ? known.predecessors
    : [...known.predecessors, known.continues];
}

function statusOn(
  { consent, signature, dissolvedOn }: Standing,
  all: readonly Participation[],
  asOf: CalendarDate,
): ParticipantStatus {
  const current = consent === null ? undefined : all.at(-1);
  const gone = current !== undefined && current.until !== null && current.until <= asOf;
  if (current !== undefined && !gone)
    return current.from !== null && current.from.date <= asOf ? 'party' : 'contracting-state';
  if (all.some(({ neverBound }) => !neverBound)) return 'former-party';
  return signature === null || dissolvedOn !== null ? 'none' : 'signatory';
}
