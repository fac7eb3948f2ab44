import { actionKinds, type ActionFamily, type ActionKind } from './action-kinds.ts';
import { addDays, addDelay, calendarDate, type CalendarDate } from './calendar-date.ts';
import type { ActionRecorded } from './events.ts';
import type { WithdrawalRule } from './final-clauses.ts';
import { continuations, participantOf } from './participant-register.ts';
import type { ParticipantRegister } from './participants.ts';
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

/** The acts of a record in legal order, and those up to the date asked about last. */
interface InOrder {
  readonly all: readonly ActionRecorded[];
  asOf: CalendarDate | null;
  upTo: readonly ActionRecorded[];
}

/** A record never changes, so its acts are put in order once; one answer asks for those of one date many times. */
const inOrder = new WeakMap<TreatyRecord, InOrder>();

/** Actions that stand on a date, in legal order: date, then the order within a day, then code and id. */
export function actionsOn(record: TreatyRecord, asOf: CalendarDate): readonly ActionRecorded[] {
  let known = inOrder.get(record);
  if (known === undefined) {
    const all = record.actions
      .filter(({ annulled }) => annulled === null)
      .map(({ current }) => current)
      .toSorted(inLegalOrder);
    known = { all, asOf: null, upTo: all };
    inOrder.set(record, known);
  }
  if (known.asOf !== asOf) {
    const after = known.all.findIndex(({ date }) => date > asOf);
    known.upTo = after === -1 ? known.all : known.all.slice(0, after);
    known.asOf = asOf;
  }
  return known.upTo;
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
  /** A new consent given before the notice takes effect: it begins a participation when that one ends. */
  readonly renewal: ActionRecorded | null;
  readonly provisional: Provisional | null;
  /** Earlier participations that a notice ended (USA, Paris Agreement). */
  readonly earlier: readonly {
    readonly consent: ActionRecorded;
    readonly until: CalendarDate | null;
  }[];
  /** The day on which an instrument was taken back that is not on record before: it may be one of that day. */
  readonly takenBackOn: CalendarDate | null;
  /** The first day on which the State no longer exists, where that has come. */
  readonly dissolvedOn: CalendarDate | null;
  /** The State whose legal person it continues, and from when, where that State acted here. */
  readonly continues: { readonly code: string; readonly since: CalendarDate } | null;
}

/** Provisional application (VCLT 25), until it was terminated. */
export interface Provisional {
  readonly from: CalendarDate;
  readonly until: CalendarDate | null;
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
  while (addDelay(received, notice.before) > end) {
    const next = addDelay(end, notice.following);
    // Periods of no length have no end to wait for.
    if (next <= end) return null;
    end = next;
  }
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
 * The standing of every participant that acted up to a date, by code. A State that continues the legal person
 * of another has the acts of both (Russia those of the USSR), whose own row stays as it was.
 * @param entryIntoForce of the treaty, from which some clauses count the periods of notices
 */
export function standingsOn(
  record: TreatyRecord,
  participants: ParticipantRegister,
  asOf: CalendarDate,
  entryIntoForce: CalendarDate | null,
): Map<string, Standing> {
  const acts = Map.groupBy(actionsOn(record, asOf), ({ participant }) => participant);
  const standings = new Map<string, Standing>();
  const fold = (code: string, own: readonly ActionRecorded[], rest: Partial<Standing>): void => {
    const effectOf = (action: ActionRecorded): CalendarDate | null =>
      effectOfNotice(action, record.finalClauses.withdrawal, entryIntoForce);
    const begun: Standing = { ...nothingDone(code), ...rest };
    const all = own.reduce((standing, action) => after(standing, action, effectOf), begun);
    standings.set(code, renewedBy(all, asOf));
  };
  for (const [code, own] of acts) {
    const until = participantOf(participants, code)?.until ?? null;
    fold(code, own, { dissolvedOn: until === null || until >= asOf ? null : addDays(until, 1) });
  }
  for (const [code, continued] of continuations(participants)) {
    const before = acts.get(continued);
    const since = standings.get(continued)?.dissolvedOn ?? null;
    if (before === undefined || since === null) continue;
    const own = acts.get(code) ?? [];
    fold(code, [...before, ...own].toSorted(inLegalOrder), {
      continues: { code: continued, since },
    });
  }
  return standings;
}

const nothingDone = (participant: string): Standing => ({
  participant,
  signature: null,
  consent: null,
  notice: null,
  renewal: null,
  provisional: null,
  earlier: [],
  takenBackOn: null,
  dissolvedOn: null,
  continues: null,
});

type EffectOf = (action: ActionRecorded) => CalendarDate | null;

function after(before: Standing, action: ActionRecorded, effectOf: EffectOf): Standing {
  const standing = renewedBy(before, action.date);
  switch (familyOf(action.kind)) {
    case 'signature':
      return { ...standing, signature: standing.signature ?? action };
    case 'signature-and-consent':
      return consented({ ...standing, signature: standing.signature ?? action }, action);
    case 'consent':
      return consented(standing, action);
    case 'withdrawal-of-act':
      if (action.kind === 'withdrawalOfSignature') return { ...standing, signature: null };
      return standing.consent === null
        ? { ...standing, takenBackOn: action.date }
        : { ...standing, consent: null, notice: null, renewal: null };
    case 'withdrawal-from-treaty':
      // A notice for one territory leaves the participant where it is.
      return action.territory === null ? noticed(standing, action, effectOf) : standing;
    case 'provisional-application':
      return { ...standing, provisional: provisionalAfter(standing, action) };
    case 'statement':
    case 'territory':
      return standing;
  }
}

function provisionalAfter({ provisional }: Standing, action: ActionRecorded): Provisional | null {
  const on = action.dateOfEffect ?? action.date;
  if (action.kind === 'provisionalApplication') return { from: on, until: null };
  // A declaration that it does not begin leaves nothing to end (VCLT 25(2)).
  return provisional === null || on <= provisional.from ? null : { ...provisional, until: on };
}

function consented(standing: Standing, action: ActionRecorded): Standing {
  const { consent, notice, takenBackOn } = standing;
  if (consent === null)
    return takenBackOn === action.date
      ? { ...standing, takenBackOn: null }
      : { ...standing, consent: action, notice: null };
  if (notice === null) return standing;
  const ended = notice.effectFrom;
  // Whoever consents anew has left: the day on which it did may be unknown.
  if (ended === null || ended <= action.date)
    return {
      ...standing,
      consent: action,
      notice: null,
      earlier: [...standing.earlier, { consent, until: ended }],
    };
  return { ...standing, renewal: standing.renewal ?? action };
}

/** A consent given while a notice was pending begins its participation once the notice has taken effect. */
function renewedBy(standing: Standing, on: CalendarDate): Standing {
  const { renewal, consent, notice } = standing;
  const ended = notice?.effectFrom;
  if (renewal === null || consent === null || ended == null || ended > on) return standing;
  const earlier = [...standing.earlier, { consent, until: ended }];
  return { ...standing, consent: renewal, renewal: null, notice: null, earlier };
}

function noticed(standing: Standing, action: ActionRecorded, effectOf: EffectOf): Standing {
  const { notice } = standing;
  if (action.kind !== 'revocationOfNotice')
    return notice === null
      ? { ...standing, notice: { action, effectFrom: effectOf(action) } }
      : standing;
  const inTime = notice !== null && (notice.effectFrom === null || action.date < notice.effectFrom);
  return inTime ? { ...standing, notice: null, renewal: null } : standing;
}
