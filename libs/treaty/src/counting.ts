import type { NotCountedInstrument, CountedInstrument } from './answers.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { ActionRecorded } from './events.ts';
import type { EntryIntoForceRule } from './final-clauses.ts';
import { participantOf, personOf } from './participant-register.ts';
import type { ParticipantRegister } from './participants.ts';
import type { TreatyRecord } from './record.ts';
import { actionsOn, effectOfNotice, isConsent } from './standing.ts';

export interface Count {
  /** In legal order; `number` from 1. */
  readonly counted: readonly CountedInstrument[];
  readonly notCounted: readonly NotCountedInstrument[];
}

/** An instrument that was taken back before entry into force: when, and whether by a notice of leaving. */
export interface TakenBack {
  readonly on: CalendarDate;
  readonly byNotice: boolean;
}

/**
 * Which instruments deposited up to a date count towards entry into force.
 * @param takenBack by id of the action: what was taken back in time does not count
 */
export function countInstruments(
  record: TreatyRecord,
  participants: ParticipantRegister,
  rule: EntryIntoForceRule,
  asOf: CalendarDate,
  takenBack: ReadonlyMap<string, TakenBack>,
): Count {
  const counted: CountedInstrument[] = [];
  const notCounted: NotCountedInstrument[] = [];
  const countedPersons = new Map<string, string>();
  for (const act of actionsOn(record, asOf)) {
    if (!isConsent(act.kind)) continue;
    const { kind, participant, date: dateOfDeposit, action } = act;
    const instrument = { participant, kind, dateOfDeposit, action };
    const reason = whyNot(act, participants, rule, countedPersons);
    const back = takenBack.get(action);
    if (reason !== null) notCounted.push({ ...instrument, reason });
    else if (back !== undefined)
      notCounted.push({
        ...instrument,
        reason: back.byNotice
          ? `A notice of leaving received on ${back.on} took effect before entry into force.`
          : `The instrument was withdrawn on ${back.on}, before entry into force.`,
        withdrawnOn: back.on,
      });
    else {
      countedPersons.set(personOf(participants, participant), participant);
      counted.push({ number: counted.length + 1, ...instrument });
    }
  }
  return { counted, notCounted };
}

function whyNot(
  act: ActionRecorded,
  participants: ParticipantRegister,
  rule: EntryIntoForceRule,
  countedPersons: ReadonlyMap<string, string>,
): string | null {
  const article = rule.article === null ? '' : ` (art. ${rule.article})`;
  const known = participantOf(participants, act.participant);
  if (known?.kind === 'reio' && rule.reioInstruments !== 'counted')
    return `An instrument of a regional economic integration organization is not counted as additional to those of its member States${article}.`;
  const earlier = countedPersons.get(personOf(participants, act.participant));
  if (earlier !== undefined)
    return earlier === act.participant
      ? 'An earlier instrument of the same participant counts already.'
      : `It is the same legal person as ${earlier}, whose instrument counts already.`;
  if (act.kind === 'succession') {
    const before = act.predecessor === null ? (known?.predecessors ?? []) : [act.predecessor];
    const taken = before.find((code) => countedPersons.has(personOf(participants, code)));
    return taken === undefined
      ? null
      : `It succeeds to the instrument of ${taken}, which counts already.`;
  }
  if (!rule.countedKinds.includes(act.kind))
    return `This kind of instrument is not one that the treaty counts${article}.`;
  return null;
}

/**
 * The instruments that were taken back before a date of entry into force, or by the date asked about where
 * there is none; with those already found, for the later the date, the more were.
 */
export function takenBackBefore(
  record: TreatyRecord,
  asOf: CalendarDate,
  entryIntoForce: CalendarDate | null,
  already: ReadonlyMap<string, TakenBack>,
): ReadonlyMap<string, TakenBack> {
  const found = new Map(already);
  const inTime = (date: CalendarDate): boolean =>
    entryIntoForce === null ? date <= asOf : date < entryIntoForce;
  const byParticipant = Map.groupBy(actionsOn(record, asOf), ({ participant }) => participant);
  for (const acts of byParticipant.values()) {
    if (!acts.some(({ kind }) => takesBack.includes(kind))) continue;
    for (const [action, back, effect] of takenBackIn(acts, record, entryIntoForce))
      if (inTime(effect)) found.set(action, back);
  }
  return found;
}

const takesBack: readonly string[] = [
  'withdrawalOfInstrument',
  'denunciation',
  'withdrawalFromTreaty',
];

/** One participant's instruments that were taken back, and from when each no longer stands. */
function takenBackIn(
  acts: readonly ActionRecorded[],
  record: TreatyRecord,
  entryIntoForce: CalendarDate | null,
): [action: string, back: TakenBack, effect: CalendarDate][] {
  const found: [string, TakenBack, CalendarDate][] = [];
  let standing: ActionRecorded[] = [];
  let sameDay: CalendarDate | null = null;
  let notice: { effect: CalendarDate | null; entries: typeof found } | null = null;
  const settle = (): void => {
    if (notice !== null) found.push(...notice.entries);
    notice = null;
  };
  for (const act of acts) {
    const on = act.date;
    if (notice !== null && notice.effect !== null && notice.effect <= on) settle();
    if (isConsent(act.kind)) {
      // Within a day, what is taken back comes first, unless there was nothing before.
      if (sameDay === on && standing.length === 0)
        found.push([act.action, { on, byNotice: false }, on]);
      else standing.push(act);
      sameDay = null;
    } else if (act.kind === 'withdrawalOfInstrument') {
      found.push(
        ...standing.map(({ action }): (typeof found)[number] => [
          action,
          { on, byNotice: false },
          on,
        ]),
      );
      sameDay = standing.length === 0 ? on : null;
      standing = [];
    } else if (act.kind === 'revocationOfNotice') notice = null;
    else if (takesBack.includes(act.kind) && act.territory === null && notice === null) {
      const effect = effectOfNotice(act, record.finalClauses.withdrawal, entryIntoForce);
      if (effect === null) continue;
      const back = { on, byNotice: true };
      const entries = standing.map(({ action }): (typeof found)[number] => [action, back, effect]);
      notice = { effect, entries };
      standing = [];
    }
  }
  settle();
  return found;
}
