import type { ActionRecorded, CorrectableFields, TreatyEvent, TreatyRegistered } from './events.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { FinalClauses } from './final-clauses.ts';
import type { WithDocuments } from './documents.ts';
import type { ParticipantRegister } from './participants.ts';
import type { RectificationCommand } from './rectifications.ts';

type Given<T, Required extends keyof T> = Pick<T, Required> & {
  readonly [K in Exclude<keyof T, Required>]?: T[K] | undefined;
};

export type RegisterTreaty = { readonly type: 'registerTreaty' } & Given<
  Omit<TreatyRegistered, 'type'>,
  'treaty' | 'title'
>;

export interface RecordFinalClauses {
  readonly type: 'recordFinalClauses';
  readonly treaty: string;
  readonly finalClauses: FinalClauses;
  readonly reason: string;
}

/** `overrideReason` present: record the fact even when odd; refusals that may be overridden become part of the event. */
export type RecordAction = WithDocuments & {
  readonly type: 'recordAction';
  readonly overrideReason?: string | undefined;
} & Given<
    Omit<ActionRecorded, 'type' | 'action' | 'override'>,
    'treaty' | 'kind' | 'participant' | 'date'
  >;

export interface CorrectAction extends WithDocuments {
  readonly type: 'correctAction';
  readonly treaty: string;
  readonly action: string;
  readonly changes: CorrectableFields;
  readonly reason: string;
  readonly overrideReason?: string | undefined;
}

export interface AnnulAction extends WithDocuments {
  readonly type: 'annulAction';
  readonly treaty: string;
  readonly action: string;
  readonly reason: string;
}

export interface RecordOfficialDate extends WithDocuments {
  readonly type: 'recordOfficialDate';
  readonly treaty: string;
  readonly participant: string | null;
  readonly date: CalendarDate;
  readonly reason: string;
}

export interface RectifyText {
  readonly type: 'rectifyText';
  readonly treaty: string;
  readonly date: CalendarDate;
  readonly text: string;
}

export type TreatyCommand =
  | RegisterTreaty
  | RecordFinalClauses
  | RecordAction
  | CorrectAction
  | AnnulAction
  | RecordOfficialDate
  | RectifyText
  | RectificationCommand;

/** What decide may not find out by itself. */
export interface DecisionContext {
  readonly participants: ParticipantRegister;
  /** The depositary's calendar date when the command arrived. */
  readonly today: CalendarDate;
  /** Id for the action, should one be recorded. */
  readonly action: string;
}

export interface Refusal {
  /** Stable, kebab-case, documented in the catalogue of refusals: `unknown-participant`. */
  readonly code: string;
  /** One sentence: what is wrong and what to do. */
  readonly sentence: string;
  /** The same in French, its dates YYYY-MM-DD as well. */
  readonly sentenceFr: string;
  /** `art. 64(1)`, `VCLT art. 15`; null where no article is in point. */
  readonly article: string | null;
  /** The command's field at fault, where one is. */
  readonly field: string | null;
  /** Whether an officer may record the fact all the same, with a reason. */
  readonly overridable: boolean;
}

export type Decision =
  | { readonly outcome: 'events'; readonly events: readonly TreatyEvent[] }
  /** The same fact is already on record, under this action where there is one: nothing is added. */
  | { readonly outcome: 'unchanged'; readonly action: string | null }
  /** At least one refusal; all that were found, the first is the one to show. */
  | { readonly outcome: 'refused'; readonly refusals: readonly [Refusal, ...Refusal[]] };
