import { addDays, calendarDate, type CalendarDate } from './calendar-date.ts';
import type { DecisionContext, Refusal } from './commands.ts';
import { entryIntoForceOf } from './entry-into-force.ts';
import type { ActionRecorded } from './events.ts';
import { isMemberOn } from './participant-register.ts';
import type { Participant } from './participants.ts';
import type { TreatyRecord } from './record.ts';
import { refuse } from './refusals.ts';
import { actionsOn, familyOf, isConsent, type Standing } from './standing.ts';

const afterSignature: readonly string[] = ['ratification', 'acceptance', 'approval'];

/** What the rules have against a consent to be bound. */
export function judgeConsent(
  { kind, date, participant }: ActionRecorded,
  record: TreatyRecord,
  context: DecisionContext,
  { name, kind: who }: Participant,
  standing: Standing | null,
): Refusal[] {
  const found: Refusal[] = [];
  const rule = record.finalClauses.consent;
  const consent = standing?.consent;
  const ended = standing?.notice?.effectFrom;
  if (consent != null && (ended == null || ended > date))
    found.push(
      refuse(
        'second-consent',
        'kind',
        ended == null
          ? `${name} consented to be bound on ${consent.date} already.`
          : `${name} consented to be bound on ${consent.date} already, and its notice takes effect only on ${ended}; it revokes the notice, or consents anew from that day on.`,
        rule?.article,
      ),
    );
  else {
    const replaced = laterConsent(participant, date, record);
    if (replaced !== null)
      found.push(
        refuse(
          'second-consent',
          'date',
          `${name} has a consent of ${replaced.date} on record, and this one of ${date} would take its place; if that record is wrong, correct it or annul it.`,
          rule?.article,
        ),
      );
  }
  const signed = standing?.signature;
  if (kind === 'accession' && signed != null && consent == null)
    found.push(
      refuse(
        'accession-by-signatory',
        'kind',
        `${name} signed on ${signed.date}, so it ratifies, accepts or approves; accession is for those that did not sign.`,
        rule?.accessionArticle,
      ),
    );
  if (afterSignature.includes(kind) && signed == null && knowsOfSignatures(record, date))
    found.push(
      refuse(
        'ratification-without-signature',
        'kind',
        `${name} has no signature on or before ${date}; without one ${who === 'reio' ? 'it' : 'a State'} accedes.`,
        rule?.article,
      ),
    );
  if (kind !== 'accession' || rule === null) return found;
  const opens = accessionOpens(record, context, date);
  if (opens !== null && date < opens.from)
    found.push(refuse('accession-not-open', 'date', opens.sentence, rule.accessionArticle));
  return found;
}

/** A consent of the participant after a date, with no leaving or taking back between them; null: none. */
function laterConsent(
  participant: string,
  date: CalendarDate,
  record: TreatyRecord,
): ActionRecorded | null {
  const next = actionsOn(record, calendarDate('9999-12-31')).find(
    (one) =>
      one.participant === participant &&
      one.date > date &&
      one.territory === null &&
      ['consent', 'signature-and-consent', 'withdrawal-of-act', 'withdrawal-from-treaty'].includes(
        familyOf(one.kind),
      ),
  );
  return next !== undefined && isConsent(next.kind) ? next : null;
}

/** The first day on which accession is open; null where it always is, or nobody knows. */
function accessionOpens(
  record: TreatyRecord,
  { participants }: DecisionContext,
  date: CalendarDate,
): { from: CalendarDate; sentence: string } | null {
  const { consent, signature } = record.finalClauses;
  const never = calendarDate('9999-12-31');
  // null: what the ledger lacks decides it, so nothing is held against the State.
  const force = (): CalendarDate | null => {
    const { date: from, state } = entryIntoForceOf(record, participants, { asOf: date });
    return from ?? (state === 'unknown' ? null : never);
  };
  if (consent?.accessionOpens === 'after-entry-into-force') {
    const from = force();
    if (from === null) return null;
    return {
      from,
      sentence: 'Accession opens when the treaty enters into force; until then States sign.',
    };
  }
  if (consent?.accessionOpens !== 'after-signature-closes') return null;
  const ends = (signature?.windows ?? []).map(({ until }) =>
    until === 'entry-into-force' ? force() : (until ?? never),
  );
  const known = ends.filter((end) => end !== null);
  const last = known.length < ends.length ? null : known.toSorted().at(-1);
  if (last == null) return null;
  return {
    from: last === never ? never : addDays(last, 1),
    sentence: `Accession opens when signature closes, after ${last === never ? 'a day that is not known yet' : last}.`,
  };
}

/** Some treaties are not signed at all, or their table doesn't show signatures: then none is missed. */
function knowsOfSignatures(record: TreatyRecord, date: CalendarDate): boolean {
  return (
    record.finalClauses.signature !== null ||
    actionsOn(record, date).some(({ kind }) => familyOf(kind) === 'signature')
  );
}

/** A regional organization may only act after one of its members, where the treaty says so. */
export function judgeMemberFirst(
  { kind, date, participant }: ActionRecorded,
  record: TreatyRecord,
  { participants }: DecisionContext,
  { kind: who, name }: Participant,
): Refusal[] {
  const rule = record.finalClauses.consent;
  if (who !== 'reio' || rule?.reioAfterMember !== true) return [];
  const signing = familyOf(kind) === 'signature';
  const first = actionsOn(record, date).some(
    (earlier) =>
      isMemberOn(participants, participant, earlier.participant, date) &&
      (signing
        ? familyOf(earlier.kind) === 'signature' || isConsent(earlier.kind)
        : isConsent(earlier.kind)),
  );
  if (first) return [];
  const did = signing ? 'signed' : 'consented to be bound';
  return [
    refuse(
      'reio-before-member',
      'participant',
      `No member State of ${name} has ${did} by ${date}; record that of a member first.`,
      signing ? record.finalClauses.signature?.article : rule.article,
    ),
  ];
}
