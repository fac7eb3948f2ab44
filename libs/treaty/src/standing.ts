import { actionKinds, type ActionFamily, type ActionKind } from './action-kinds.ts';
import { addDelay, calendarDate, type CalendarDate } from './calendar-date.ts';
import type { ActionRecorded } from './events.ts';
import type { WithdrawalRule } from './final-clauses.ts';
import type { TreatyRecord } from './record.ts';

/** Acts of one day are read in this order, so that the order of recording never matters. */
const dayOrder: readonly ActionFamily[] = [
  'signature',
  'signature-and-consent',
  'withdrawal-of-act',
  'consent',
  'provisional-application',
  'withdrawal-from-treaty',
  'territory',
  'statement',
];

export const familyOf = (kind: ActionKind): ActionFamily => actionKinds[kind].family;

/** Whether an action of this kind expresses consent to be bound (VCLT 11). */
export function isConsent(kind: ActionKind): boolean {
  return familyOf(kind) === 'consent' || familyOf(kind) === 'signature-and-consent';
}

const inOrder = new WeakMap<TreatyRecord, readonly ActionRecorded[]>();

/** Actions that stand on a date, in legal order: date, then the order within a day, then code and id. */
export function actionsOn(record: TreatyRecord, asOf: CalendarDate): ActionRecorded[] {
  // A record never changes, and a status table asks once for every row.
  let ordered = inOrder.get(record);
  if (ordered === undefined) {
    ordered = record.actions
      .filter(({ annulled }) => annulled === null)
      .map(({ current }) => current)
      .toSorted(inLegalOrder);
    inOrder.set(record, ordered);
  }
  return ordered.filter(({ date }) => date <= asOf);
}

function inLegalOrder(a: ActionRecorded, b: ActionRecorded): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  const families = dayOrder.indexOf(familyOf(a.kind)) - dayOrder.indexOf(familyOf(b.kind));
  if (families !== 0) return families;
  if (a.participant !== b.participant) return a.participant < b.participant ? -1 : 1;
  return a.action < b.action ? -1 : 1;
}

/** A notice of denunciation or withdrawal that was not revoked. */
export interface Notice {
  readonly action: ActionRecorded;
  /** null: the final clauses, as recorded, don't tell. */
  readonly effectFrom: CalendarDate | null;
}

/** What one participant's actions amount to, before any question of entry into force. */
export interface Standing {
  readonly participant: string;
  readonly signature: ActionRecorded | null;
  /** The consent of the current or latest participation. */
  readonly consent: ActionRecorded | null;
  readonly notice: Notice | null;
  readonly provisionalFrom: CalendarDate | null;
  /** Earlier participations that a notice ended (USA, Paris Agreement). */
  readonly earlier: readonly {
    readonly consent: ActionRecorded;
    readonly until: CalendarDate | null;
  }[];
}

/** The period of a notice received on a date; null when the clauses, or the treaty's date, don't tell. */
function periodOfNotice(
  received: CalendarDate,
  rule: WithdrawalRule | null,
  entryIntoForce: CalendarDate | null,
): CalendarDate | null {
  const notice = rule?.notice ?? null;
  if (notice === null) return null;
  if (notice.mode === 'cut-off') {
    const year = Number(received.slice(0, 4)) + (received.slice(5) <= notice.receivedBy ? 1 : 2);
    return calendarDate(`${year}-${notice.effectOn}`);
  }
  if (notice.mode !== 'end-of-period') return addDelay(received, notice);
  if (entryIntoForce === null) return null;
  let end = addDelay(entryIntoForce, notice.first);
  while (addDelay(received, notice.before) > end) end = addDelay(end, notice.following);
  return end;
}

/** When a notice takes effect: its own later date, or what the final clauses say from its receipt. */
export function effectOfNotice(
  action: ActionRecorded,
  rule: WithdrawalRule | null,
  entryIntoForce: CalendarDate | null,
): CalendarDate | null {
  const byRule = periodOfNotice(action.date, rule, entryIntoForce);
  if (action.dateOfEffect === null) return byRule;
  return byRule !== null && byRule > action.dateOfEffect ? byRule : action.dateOfEffect;
}

/**
 * The standing of every participant that acted up to a date, by code.
 * @param entryIntoForce of the treaty, from which some clauses count the periods of notices
 */
export function standingsOn(
  record: TreatyRecord,
  asOf: CalendarDate,
  entryIntoForce: CalendarDate | null,
): Map<string, Standing> {
  const effectOf = (action: ActionRecorded): CalendarDate | null =>
    effectOfNotice(action, record.finalClauses.withdrawal, entryIntoForce);
  const standings = new Map<string, Standing>();
  for (const action of actionsOn(record, asOf)) {
    const before = standings.get(action.participant) ?? {
      participant: action.participant,
      signature: null,
      consent: null,
      notice: null,
      provisionalFrom: null,
      earlier: [],
    };
    standings.set(action.participant, after(before, action, effectOf));
  }
  return standings;
}

type EffectOf = (action: ActionRecorded) => CalendarDate | null;

function after(standing: Standing, action: ActionRecorded, effectOf: EffectOf): Standing {
  switch (familyOf(action.kind)) {
    case 'signature':
      return { ...standing, signature: standing.signature ?? action };
    case 'signature-and-consent':
      return consented({ ...standing, signature: standing.signature ?? action }, action);
    case 'consent':
      return consented(standing, action);
    case 'withdrawal-of-act':
      return action.kind === 'withdrawalOfInstrument'
        ? { ...standing, consent: null, notice: null }
        : { ...standing, signature: null };
    case 'withdrawal-from-treaty':
      return noticed(standing, action, effectOf);
    case 'provisional-application':
      return {
        ...standing,
        provisionalFrom: action.kind === 'provisionalApplication' ? action.date : null,
      };
    case 'statement':
    case 'territory':
      return standing;
  }
}

function consented(standing: Standing, action: ActionRecorded): Standing {
  if (standing.consent === null) return { ...standing, consent: action };
  const ended = standing.notice?.effectFrom;
  if (ended == null || ended > action.date) return standing;
  return {
    ...standing,
    consent: action,
    notice: null,
    earlier: [...standing.earlier, { consent: standing.consent, until: ended }],
  };
}

function noticed(standing: Standing, action: ActionRecorded, effectOf: EffectOf): Standing {
  const { notice } = standing;
  if (action.kind !== 'revocationOfNotice')
    return notice === null
      ? { ...standing, notice: { action, effectFrom: effectOf(action) } }
      : standing;
  const inTime = notice !== null && (notice.effectFrom === null || action.date < notice.effectFrom);
  return inTime ? { ...standing, notice: null } : standing;
}
