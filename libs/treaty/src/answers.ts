import type { ActionKind } from './action-kinds.ts';
import type { CalendarDate } from './calendar-date.ts';

export type ParticipantStatus =
  'signatory' | 'contracting-state' | 'party' | 'former-party' | 'none';

export interface StatusRow {
  readonly code: string;
  /** As of the date asked. */
  readonly name: string;
  readonly status: ParticipantStatus;
  readonly signature?: {
    readonly kind: ActionKind;
    readonly date: CalendarDate;
    readonly action: string;
  };
  readonly consent?: {
    readonly kind: ActionKind;
    readonly dateOfDeposit: CalendarDate;
    readonly action: string;
  };
  readonly partyFrom?: CalendarDate;
  readonly partyUntil?: CalendarDate;
  /** Received notices of denunciation or withdrawal not yet in effect. */
  readonly withdrawal?: {
    readonly kind: ActionKind;
    readonly dateOfReceipt: CalendarDate;
    readonly effectFrom: CalendarDate | null;
    readonly action: string;
  };
  readonly provisionalApplicationFrom?: CalendarDate;
}

export interface Status {
  readonly totals: {
    /** Participants with a signature that stands, whether or not they have since consented. */
    readonly signatories: number;
    /** Consented to be bound, in force for them or not (VCLT 2(1)(f)). */
    readonly contractingStates: number;
    /** Consented and in force for them (VCLT 2(1)(g)). */
    readonly parties: number;
  };
  readonly participants: readonly StatusRow[];
}

export type EntryIntoForceState = 'pending' | 'fixed' | 'in-force' | 'ceased' | 'unknown';

export interface CountedInstrument {
  /** 1 for the first counted. */
  readonly number: number;
  readonly participant: string;
  readonly kind: ActionKind;
  readonly dateOfDeposit: CalendarDate;
  readonly action: string;
}

export interface NotCountedInstrument {
  readonly participant: string;
  readonly kind: ActionKind;
  readonly dateOfDeposit: CalendarDate;
  readonly action: string;
  /** One sentence, with the article where it rests on one. */
  readonly reason: string;
}

export interface ConditionProgress {
  readonly type: string;
  readonly sentence: string;
  /** null: not evaluable from what the ledger knows; the sentence says why. */
  readonly met: boolean | null;
}

export interface EntryIntoForce {
  /** `unknown`: the rule is not recorded, or holds a condition that cannot be evaluated. */
  readonly state: EntryIntoForceState;
  /** Absent while pending or unknown. The official date where one was recorded, else the computed. */
  readonly date?: CalendarDate;
  readonly computedDate?: CalendarDate;
  readonly officialDate?: { readonly date: CalendarDate; readonly reason: string };
  /** How many of the required instruments are there; never above `required` plus what came later. */
  readonly counted: number;
  readonly required: number | null;
  readonly article: string | null;
  readonly conditions: readonly ConditionProgress[];
  readonly countedInstruments: readonly CountedInstrument[];
  readonly notCounted: readonly NotCountedInstrument[];
  /** The arithmetic, a sentence each, in order. */
  readonly steps: readonly string[];
  /** While pending: what is missing, in one sentence. */
  readonly missing: string | null;
  /** While pending: the date, were the last condition met on the day asked about. */
  readonly ifMetToday: CalendarDate | null;
}
