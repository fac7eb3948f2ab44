import { addDays, type CalendarDate } from './calendar-date.ts';
import type { Decision, DecisionContext, Refusal } from './commands.ts';
import type { WithDocuments } from './documents.ts';
import type { TextRectified } from './events.ts';
import { whoIs } from './participant-register.ts';
import type { TreatyRecord } from './record.ts';
import { refuse } from './refusals.ts';

/** Days for objections to a proposed rectification, where the depositary gives no other period. */
export const daysForObjections = 90;

/**
 * The depositary found an error in the text and proposed to rectify it (VCLT 79(2)). It does not change the
 * text: that is done on adoption, if nobody objects in time.
 */
export interface RectificationProposed {
  readonly type: 'rectificationProposed';
  readonly treaty: string;
  readonly rectification: string;
  readonly date: CalendarDate;
  /** Which words are to be replaced by which. */
  readonly text: string;
  /** Last day on which an objection counts. */
  readonly objectionsUntil: CalendarDate;
}

/** A signatory or contracting State objected to a proposed rectification. It is not an objection to a reservation. */
export interface RectificationObjected {
  readonly type: 'rectificationObjected';
  readonly treaty: string;
  readonly rectification: string;
  readonly participant: string;
  readonly date: CalendarDate;
  readonly text: string | null;
}

/**
 * Nobody objected: the depositary executed a procès-verbal of rectification (VCLT 79(2)(a)). The text as
 * rectified replaces the defective one ab initio (79(4)); it is not an amendment.
 */
export interface RectificationAdopted {
  readonly type: 'rectificationAdopted';
  readonly treaty: string;
  readonly rectification: string;
  readonly date: CalendarDate;
  /** Of the procès-verbal. */
  readonly procesVerbal: string;
}

export type RectificationEvent =
  RectificationProposed | RectificationObjected | RectificationAdopted;

export interface ProposeRectification extends WithDocuments {
  readonly type: 'proposeRectification';
  readonly treaty: string;
  readonly date: CalendarDate;
  readonly text: string;
  /** Left out: `daysForObjections`. */
  readonly daysForObjections?: number | undefined;
}

export interface ObjectToRectification extends WithDocuments {
  readonly type: 'objectToRectification';
  readonly treaty: string;
  readonly rectification: string;
  readonly participant: string;
  readonly date: CalendarDate;
  readonly text?: string | null | undefined;
}

export interface AdoptRectification extends WithDocuments {
  readonly type: 'adoptRectification';
  readonly treaty: string;
  readonly rectification: string;
  readonly date: CalendarDate;
  readonly procesVerbal: string;
}

export type RectificationCommand =
  ProposeRectification | ObjectToRectification | AdoptRectification;

/** One proposal with what became of it. */
export interface RectificationProcedure {
  readonly proposed: RectificationProposed;
  readonly objections: readonly RectificationObjected[];
  readonly adopted: RectificationAdopted | null;
}

/** `open`: objections may come; `objected`: one came in time; `due`: the procès-verbal may be executed. */
export type RectificationState = 'open' | 'objected' | 'due' | 'adopted';

/** Where a proposal stands on a date. */
export function rectificationStateOn(
  { proposed, objections, adopted }: RectificationProcedure,
  date: CalendarDate,
): RectificationState {
  if (adopted !== null) return 'adopted';
  if (objections.length > 0) return 'objected';
  return date <= proposed.objectionsUntil ? 'open' : 'due';
}

/** The fold of the procedures for one event. Total: what refers to an unknown proposal changes nothing. */
export function evolveRectifications(
  procedures: readonly RectificationProcedure[],
  event: RectificationEvent,
): readonly RectificationProcedure[] {
  if (event.type === 'rectificationProposed')
    return [...procedures, { proposed: event, objections: [], adopted: null }];
  return procedures.map((procedure) => {
    if (procedure.proposed.rectification !== event.rectification) return procedure;
    return event.type === 'rectificationObjected'
      ? { ...procedure, objections: [...procedure.objections, event] }
      : { ...procedure, adopted: event };
  });
}

const refused = (refusal: Refusal): Decision => ({ outcome: 'refused', refusals: [refusal] });
const unchanged: Decision = { outcome: 'unchanged', action: null };

/** What a step of a rectification adds to the record of a treaty. */
export function decideRectification(
  command: RectificationCommand,
  record: TreatyRecord,
  context: DecisionContext,
): Decision {
  if (command.date > context.today)
    return refused(refuse('date-in-future', 'date', { date: command.date, today: null }));
  if (command.type === 'proposeRectification') return propose(command, record, context);
  const found = record.procedures.find(
    ({ proposed }) => proposed.rectification === command.rectification,
  );
  if (found === undefined)
    return refused(
      refuse('unknown-rectification', 'rectification', {
        rectification: command.rectification.slice(0, 60),
      }),
    );
  return command.type === 'objectToRectification'
    ? objectTo(command, found, context)
    : adopt(command, found, context);
}

function propose(
  command: ProposeRectification,
  record: TreatyRecord,
  context: DecisionContext,
): Decision {
  const { treaty, date, text } = command;
  if (text.trim() === '')
    return refused(refuse('missing-text', 'text', { of: 'error in the text' }));
  if (record.procedures.some(({ proposed }) => proposed.date === date && proposed.text === text))
    return unchanged;
  return {
    outcome: 'events',
    events: [
      {
        type: 'rectificationProposed',
        treaty,
        rectification: context.action,
        date,
        text,
        objectionsUntil: addDays(date, command.daysForObjections ?? daysForObjections),
      },
    ],
  };
}

function objectTo(
  { treaty, rectification, participant, date, text = null }: ObjectToRectification,
  { proposed, objections, adopted }: RectificationProcedure,
  context: DecisionContext,
): Decision {
  if (!Object.hasOwn(context.participants.byCode, participant))
    return refused(
      refuse('unknown-participant', 'participant', { code: participant, acts: false }),
    );
  if (objections.some((known) => known.participant === participant)) return unchanged;
  if (adopted !== null || date < proposed.date || date > proposed.objectionsUntil)
    return refused(
      refuse('objection-out-of-time', 'date', {
        from: proposed.date,
        until: proposed.objectionsUntil,
        rectified: adopted?.date ?? null,
        date,
      }),
    );
  return {
    outcome: 'events',
    events: [{ type: 'rectificationObjected', treaty, rectification, participant, date, text }],
  };
}

function adopt(
  { treaty, rectification, date, procesVerbal }: AdoptRectification,
  { proposed, objections, adopted }: RectificationProcedure,
  { participants }: DecisionContext,
): Decision {
  if (adopted !== null) return unchanged;
  if (procesVerbal.trim() === '')
    return refused(refuse('missing-text', 'procesVerbal', { of: 'procès-verbal' }));
  const [objection] = objections;
  if (objection !== undefined)
    return refused(
      refuse('rectification-objected', 'rectification', {
        who: whoIs(participants, objection.participant),
        date: objection.date,
      }),
    );
  if (date <= proposed.objectionsUntil)
    return refused(refuse('objection-period-running', 'date', { until: proposed.objectionsUntil }));
  const rectified: TextRectified = { type: 'textRectified', treaty, date, text: proposed.text };
  return {
    outcome: 'events',
    events: [
      { type: 'rectificationAdopted', treaty, rectification, date, procesVerbal },
      rectified,
    ],
  };
}
