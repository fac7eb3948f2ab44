import { addDays, calendarDate, type CalendarDate } from './calendar-date.ts';
import type { DecisionContext, Refusal } from './commands.ts';
import { entryIntoForceOf } from './entry-into-force.ts';
import type { ActionRecorded } from './events.ts';
import { isMemberOn } from './participant-register.ts';
import type { Participant } from './participants.ts';
import type { TreatyRecord } from './record.ts';
import type { RefusalFacts } from './refusal-facts.ts';
import { refuse } from './refusals.ts';
import { actionsOn, familyOf, isConsent, type Standing } from './standing.ts';

const afterSignature: readonly string[] = ['ratification', 'acceptance', 'approval'];

/** What the rules have against a consent to be bound. */
export function judgeConsent(
  { kind, date, participant }: ActionRecorded,
  record: TreatyRecord,
  context: DecisionContext,
  who: Participant,
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
        {
          who,
          consented: consent.date,
          ...(ended == null ? { stands: 'on' } : { stands: 'until', until: ended }),
        },
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
          { who, consented: replaced.date, stands: 'after', date },
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
        { who, signed: signed.date },
        rule?.accessionArticle,
      ),
    );
  if (afterSignature.includes(kind) && signed == null && knowsOfSignatures(record, date))
    found.push(refuse('ratification-without-signature', 'kind', { who, date }, rule?.article));
  if (kind !== 'accession' || rule === null) return found;
  const opens = accessionOpens(record, context, date);
  if (opens !== null && date < opens.from)
    found.push(refuse('accession-not-open', 'date', opens.facts, rule.accessionArticle));
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
): { from: CalendarDate; facts: RefusalFacts['accession-not-open'] } | null {
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
    return { from, facts: { opens: 'on entry into force' } };
  }
  if (consent?.accessionOpens !== 'after-signature-closes') return null;
  const ends = (signature?.windows ?? []).map(({ until }) =>
    until === 'entry-into-force' ? force() : (until ?? never),
  );
  const known = ends.filter((end) => end !== null);
  const last = known.length < ends.length ? null : known.toSorted().at(-1);
  if (last == null) return null;
  return last === never
    ? { from: never, facts: { opens: 'after signature', signatureUntil: null } }
    : { from: addDays(last, 1), facts: { opens: 'after signature', signatureUntil: last } };
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
  who: Participant,
): Refusal[] {
  const rule = record.finalClauses.consent;
  if (who.kind !== 'reio' || rule?.reioAfterMember !== true) return [];
  const signing = familyOf(kind) === 'signature';
  const first = actionsOn(record, date).some(
    (earlier) =>
      isMemberOn(participants, participant, earlier.participant, date) &&
      (signing
        ? familyOf(earlier.kind) === 'signature' || isConsent(earlier.kind)
        : isConsent(earlier.kind)),
  );
  if (first) return [];
  return [
    refuse(
      'reio-before-member',
      'participant',
      { who, date, act: signing ? 'signature' : 'consent' },
      signing ? record.finalClauses.signature?.article : rule.article,
    ),
  ];
}
