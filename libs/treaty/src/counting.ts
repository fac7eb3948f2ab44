import type { NotCountedInstrument, CountedInstrument } from './answers.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { ActionRecorded } from './events.ts';
import type { EntryIntoForceRule } from './final-clauses.ts';
import { participantOf } from './participant-register.ts';
import type { ParticipantRegister } from './participants.ts';
import type { TreatyRecord } from './record.ts';
import { actionsOn, effectOfNotice, isConsent } from './standing.ts';

export interface Count {
  /** In legal order; `number` from 1. */
  readonly counted: readonly CountedInstrument[];
  readonly notCounted: readonly NotCountedInstrument[];
}

/**
 * Which instruments deposited up to a date count towards entry into force.
 * @param entryIntoForce the date they lead to, if one is known: an instrument withdrawn before it doesn't count
 */
export function countInstruments(
  record: TreatyRecord,
  participants: ParticipantRegister,
  rule: EntryIntoForceRule,
  asOf: CalendarDate,
  entryIntoForce: CalendarDate | null,
): Count {
  const acts = actionsOn(record, asOf);
  const counted: CountedInstrument[] = [];
  const notCounted: NotCountedInstrument[] = [];
  const countedCodes = new Set<string>();
  const withdrawn = withdrawnBefore(acts, record, entryIntoForce);
  for (const act of acts) {
    if (!isConsent(act.kind)) continue;
    const { kind, participant, date: dateOfDeposit, action } = act;
    const instrument = { participant, kind, dateOfDeposit, action };
    const withdrawnOn = withdrawn.get(participant);
    const reason = whyNot(act, participants, rule, countedCodes);
    if (reason !== null) notCounted.push({ ...instrument, reason });
    else if (withdrawnOn !== undefined && dateOfDeposit <= withdrawnOn)
      notCounted.push({
        ...instrument,
        reason: `The instrument was withdrawn on ${withdrawnOn}, before entry into force.`,
        withdrawnOn,
      });
    else {
      countedCodes.add(participant);
      counted.push({ number: counted.length + 1, ...instrument });
    }
  }
  return { counted, notCounted };
}

function whyNot(
  act: ActionRecorded,
  participants: ParticipantRegister,
  rule: EntryIntoForceRule,
  countedCodes: ReadonlySet<string>,
): string | null {
  const article = rule.article === null ? '' : ` (art. ${rule.article})`;
  const known = participantOf(participants, act.participant);
  if (known?.kind === 'reio' && rule.reioInstruments !== 'counted')
    return `An instrument of a regional economic integration organization is not counted as additional to those of its member States${article}.`;
  if (countedCodes.has(act.participant))
    return 'An earlier instrument of the same participant counts already.';
  if (act.kind === 'succession') {
    const before = act.predecessor === null ? (known?.predecessors ?? []) : [act.predecessor];
    const taken = before.find((code) => countedCodes.has(code));
    return taken === undefined
      ? null
      : `It succeeds to the instrument of ${taken}, which counts already.`;
  }
  if (!rule.countedKinds.includes(act.kind))
    return `This kind of instrument is not one that the treaty counts${article}.`;
  return null;
}

/** Date of the last withdrawal before entry into force, by participant. */
function withdrawnBefore(
  acts: readonly ActionRecorded[],
  record: TreatyRecord,
  entryIntoForce: CalendarDate | null,
): Map<string, CalendarDate> {
  const withdrawn = new Map<string, CalendarDate>();
  for (const act of acts) {
    const effect =
      act.kind === 'withdrawalOfInstrument'
        ? act.date
        : act.kind === 'denunciation' || act.kind === 'withdrawalFromTreaty'
          ? effectOfNotice(act, record.finalClauses.withdrawal, entryIntoForce)
          : null;
    if (act.kind === 'revocationOfNotice') withdrawn.delete(act.participant);
    if (effect !== null && (entryIntoForce === null || effect < entryIntoForce))
      withdrawn.set(act.participant, act.date);
  }
  return withdrawn;
}
