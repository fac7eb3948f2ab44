import { addDelay, type CalendarDate } from './calendar-date.ts';
import type { DecisionContext, Refusal } from './commands.ts';
import { entryIntoForceOf, treatyDates } from './entry-into-force.ts';
import type { ActionRecorded } from './events.ts';
import type { Participant } from './participants.ts';
import type { TreatyRecord } from './record.ts';
import { participationsOf } from './party-periods.ts';
import { refuse } from './refusals.ts';
import type { Standing } from './standing.ts';

/** What the rules have against a notice of denunciation or withdrawal, or its revocation. */
export function judgeNotice(
  { kind, date, territory }: ActionRecorded,
  record: TreatyRecord,
  context: DecisionContext,
  who: Participant,
  standing: Standing | null,
): Refusal[] {
  const notice = standing?.notice;
  const rule = record.finalClauses.withdrawal;
  if (kind === 'revocationOfNotice') {
    if (notice == null) return [refuse('revocation-without-notice', 'kind', { who, date })];
    const { effectFrom: effect } = notice;
    return effect !== null && date >= effect
      ? [refuse('revocation-too-late', 'date', { who, effect })]
      : [];
  }
  const ended = notice?.effectFrom;
  if (standing?.consent == null || (ended != null && ended <= date))
    return [
      refuse(
        'withdrawal-without-instrument',
        'kind',
        { who, date, of: 'participation' },
        rule?.article,
      ),
    ];
  const found: Refusal[] = [];
  if (notice != null && territory === null)
    found.push(refuse('second-notice', 'kind', { who, given: notice.action.date }));
  const word = kind === 'denunciation' ? 'denunciation' : 'withdrawal';
  if (rule !== null && rule.word !== null && rule.word !== word)
    found.push(refuse('withdrawal-word', 'kind', { word: rule.word }, rule.article));
  const opens = noticeOpens(record, context, date, standing);
  if (opens !== null && date < opens)
    found.push(refuse('withdrawal-too-early', 'date', { from: opens }, rule?.article));
  return found;
}

/** The first day on which the participant may give notice; null where it always may, or nobody knows. */
function noticeOpens(
  record: TreatyRecord,
  { participants }: DecisionContext,
  asOf: CalendarDate,
  standing: Standing,
): CalendarDate | null {
  const rule = record.finalClauses.withdrawal;
  if (rule?.earliest == null || rule.earliestFrom === null) return null;
  const dates = treatyDates(record, participants, { asOf });
  if (dates.entryIntoForce === null) return null;
  if (rule.earliestFrom === 'entry-into-force')
    return addDelay(dates.entryIntoForce, rule.earliest);
  const from = participationsOf(standing, record, participants, dates).at(-1)?.from ?? null;
  return from === null ? null : addDelay(from.date, rule.earliest);
}

/** What the rules have against taking back a signature or an instrument. */
export function judgeTakingBack(
  { kind, date }: ActionRecorded,
  record: TreatyRecord,
  { participants }: DecisionContext,
  who: Participant,
  standing: Standing | null,
): Refusal[] {
  if (kind === 'withdrawalOfSignature')
    return standing?.signature == null
      ? [refuse('withdrawal-without-signature', 'kind', { who, date })]
      : [];
  if (standing?.consent == null)
    return [refuse('withdrawal-without-instrument', 'kind', { who, date, of: 'instrument' })];
  const force = entryIntoForceOf(record, participants, { asOf: date });
  if (force.state !== 'in-force' || force.date === undefined) return [];
  const rule = record.finalClauses.withdrawal;
  return [
    refuse(
      'instrument-withdrawal-after-entry-into-force',
      'kind',
      { who, inForce: force.date, word: rule?.word ?? null },
      rule?.article,
    ),
  ];
}
