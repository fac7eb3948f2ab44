import type {
  Decision,
  DecisionContext,
  RecordAction,
  RecordOfficialDate,
  Refusal,
  RegisterTreaty,
  TreatyCommand,
} from './commands.ts';
import { calendarDate, type CalendarDate } from './calendar-date.ts';
import { withDocuments } from './documents.ts';
import type { ActionRecorded, TreatyEvent, TreatyRegistered } from './events.ts';
import { unknownFinalClauses } from './final-clauses.ts';
import { judgeAction } from './judge-action.ts';
import { participantOf } from './participant-register.ts';
import type { RecordedAction, TreatyRecord } from './record.ts';
import { decideRectification } from './rectifications.ts';
import { refuse } from './refusals.ts';
import { actionsOn, isConsent } from './standing.ts';
import { treatyIdProblem } from './treaty-id.ts';

const recorded = (...events: TreatyEvent[]): Decision => ({ outcome: 'events', events });
const unchanged = (action: string | null = null): Decision => ({ outcome: 'unchanged', action });
const refused = (first: Refusal, ...rest: Refusal[]): Decision => ({
  outcome: 'refused',
  refusals: [first, ...rest],
});
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

/**
 * What a command adds to the record of a treaty: events, nothing because it is there already, or refusals.
 * Pure: the day and the new action's id come in with the context.
 */
export function decide(
  command: TreatyCommand,
  record: TreatyRecord,
  context: DecisionContext,
): Decision {
  return withDocuments(decideFact(command, record, context), command, record);
}

function decideFact(
  command: TreatyCommand,
  record: TreatyRecord,
  context: DecisionContext,
): Decision {
  if (command.type === 'registerTreaty') return registerTreaty(command, record);
  if (record.registered === null)
    return refused(refuse('treaty-not-registered', 'treaty', { treaty: record.treaty }));
  if ('reason' in command && isBlank(command.reason))
    return refused(refuse('blank-reason', 'reason', null));
  switch (command.type) {
    case 'recordFinalClauses': {
      const { finalClauses, reason, treaty } = command;
      if (same(finalClauses, record.finalClauses)) return unchanged();
      return recorded({ type: 'finalClausesRecorded', treaty, finalClauses, reason });
    }
    case 'recordAction':
      return recordAction(command, record, context);
    case 'correctAction':
      return correctAction(command, record, context);
    case 'annulAction': {
      const found = find(record, command.action);
      if (found === undefined) return noSuchAction(command.action, command.treaty);
      if (found.annulled !== null) return unchanged(command.action);
      const { treaty, action, reason } = command;
      return recorded({ type: 'actionAnnulled', treaty, action, reason });
    }
    case 'recordOfficialDate':
      return recordOfficialDate(command, record, context);
    case 'rectifyText': {
      const { treaty, date, text } = command;
      if (date > context.today)
        return refused(refuse('date-in-future', 'date', { date, today: null }));
      if (record.rectifications.some((known) => known.date === date && known.text === text))
        return unchanged();
      return recorded({ type: 'textRectified', treaty, date, text });
    }
    case 'proposeRectification':
    case 'objectToRectification':
    case 'adoptRectification':
      return decideRectification(command, record, context);
  }
}

function recordOfficialDate(
  { treaty, participant, date, reason }: RecordOfficialDate,
  record: TreatyRecord,
  { participants }: DecisionContext,
): Decision {
  const who = participant === null ? null : participantOf(participants, participant);
  if (participant !== null && who === null)
    return refused(
      refuse('unknown-participant', 'participant', { code: participant, acts: false }),
    );
  const deposited = firstConsent(record, participant);
  if (who !== null && deposited !== null && date < deposited)
    return refused(refuse('official-date-before-deposit', 'date', { who, deposited, date }));
  const standing = record.officialDates.findLast(
    (official) => official.participant === participant,
  );
  if (standing?.date === date && standing.reason === reason) return unchanged();
  return recorded({ type: 'officialDateRecorded', treaty, participant, date, reason });
}

/** The day of a participant's first consent; null where it has none yet, or succeeded: that reaches back. */
function firstConsent(record: TreatyRecord, participant: string | null): CalendarDate | null {
  const own = actionsOn(record, calendarDate('9999-12-31')).filter(
    (act) => act.participant === participant && isConsent(act.kind),
  );
  return own.some(({ kind }) => kind === 'succession') ? null : (own[0]?.date ?? null);
}

function registerTreaty(command: RegisterTreaty, record: TreatyRecord): Decision {
  const problem = treatyIdProblem(command.treaty);
  if (problem !== null) return refused(refuse('invalid-treaty-id', 'treaty', { problem }));
  const event: TreatyRegistered = {
    type: 'treatyRegistered',
    treaty: command.treaty,
    title: command.title,
    titleFr: command.titleFr ?? null,
    depositary: command.depositary ?? null,
    dateOfAdoption: command.dateOfAdoption ?? null,
    placeOfAdoption: command.placeOfAdoption ?? null,
    finalClauses: command.finalClauses ?? unknownFinalClauses,
    source: command.source ?? null,
  };
  if (record.registered === null) return recorded(event);
  if (same(event, record.registered)) return unchanged();
  const { treaty, title, titleFr } = record.registered;
  return refused(refuse('treaty-already-registered', 'treaty', { treaty, title, titleFr }));
}

function find(record: TreatyRecord, action: string): RecordedAction | undefined {
  return record.actions.find(({ first }) => first.action === action);
}

function noSuchAction(action: string, treaty: string): Decision {
  return refused(refuse('unknown-action', 'action', { action: action.slice(0, 60), treaty }));
}

function recordAction(
  command: RecordAction,
  record: TreatyRecord,
  context: DecisionContext,
): Decision {
  const action = actionOf(command, context.action);
  const known = record.actions.find(
    ({ annulled, current }) => annulled === null && sameFact(current, action),
  );
  if (known !== undefined) return unchanged(known.first.action);
  return judged(action, command.overrideReason, record, context, (accepted) => accepted);
}

function actionOf(command: RecordAction, id: string): ActionRecorded {
  return {
    type: 'actionRecorded',
    treaty: command.treaty,
    action: id,
    kind: command.kind,
    participant: command.participant,
    date: command.date,
    dateOfInstrument: command.dateOfInstrument ?? null,
    dateOfReceipt: command.dateOfReceipt ?? null,
    dateOfEffect: command.dateOfEffect ?? null,
    place: command.place ?? null,
    text: command.text ?? null,
    territory: command.territory ?? null,
    relatesTo: command.relatesTo ?? null,
    predecessor: command.predecessor ?? null,
    note: command.note ?? null,
    source: command.source ?? null,
    override: null,
  };
}

/** The same fact: who, what and when; for a statement also its words and what it is about. */
function sameFact(a: ActionRecorded, b: ActionRecorded): boolean {
  return (
    a.participant === b.participant &&
    a.kind === b.kind &&
    a.date === b.date &&
    a.text === b.text &&
    a.territory === b.territory &&
    a.relatesTo === b.relatesTo
  );
}

/** Accepts an action that nothing speaks against, or that an officer records with a reason all the same. */
function judged(
  action: ActionRecorded,
  overrideReason: string | undefined,
  record: TreatyRecord,
  context: DecisionContext,
  event: (accepted: ActionRecorded) => TreatyEvent,
): Decision {
  const [first, ...rest] = judgeAction(action, record, context);
  if (first === undefined) return recorded(event(action));
  const all = [first, ...rest];
  if (isBlank(overrideReason) || all.some(({ overridable }) => !overridable))
    return refused(first, ...rest);
  const refusals = all.map(({ code }) => code);
  return recorded(event({ ...action, override: { reason: overrideReason ?? '', refusals } }));
}

/** A correction is judged as if the action had been recorded rightly at first, the wrong record away. */
function correctAction(
  command: Extract<TreatyCommand, { type: 'correctAction' }>,
  record: TreatyRecord,
  context: DecisionContext,
): Decision {
  const { treaty, action, changes, reason } = command;
  const found = find(record, action);
  if (found === undefined) return noSuchAction(action, treaty);
  if (found.annulled !== null)
    return refused(refuse('action-annulled', 'action', { because: found.annulled }));
  const corrected = { ...found.current, ...changes };
  if (same(corrected, found.current)) return unchanged(action);
  const without = { ...record, actions: record.actions.filter((other) => other !== found) };
  // What an officer has overridden once is not asked again when another field is corrected.
  const overriddenBefore = found.current.override?.refusals ?? [];
  const [first, ...rest] = judgeAction(corrected, without, context).filter(
    ({ code, overridable }) => !overridable || !overriddenBefore.includes(code),
  );
  const mayOverride =
    !isBlank(command.overrideReason) && [first, ...rest].every((one) => one?.overridable !== false);
  if (first !== undefined && !mayOverride) return refused(first, ...rest);
  const overridden =
    first === undefined
      ? ''
      : ` (recorded although: ${[first, ...rest].map(({ code }) => code).join(', ')}; ${command.overrideReason})`;
  return recorded({
    type: 'actionCorrected',
    treaty,
    action,
    changes,
    reason: `${reason}${overridden}`,
  });
}
