import type { ActionKind } from './action-kinds.ts';
import type { CalendarDate } from './calendar-date.ts';

export type ParticipantStatus =
  'signatory' | 'contracting-state' | 'party' | 'former-party' | 'none';

/** Which clause gave the date from which a participant is a party. */
export interface PartyFromRule {
  readonly clause: 'entry-into-force' | 'later-parties' | 'succession' | 'official-date';
  readonly article: string | null;
  /** Why an official date was recorded, and the date that the clauses give, where they give one. */
  readonly reason?: string;
  readonly computedDate?: CalendarDate;
}

/** A participation that ended before the present one began. */
export interface EarlierParticipation {
  readonly consent: NonNullable<StatusRow['consent']>;
  readonly partyFrom: CalendarDate | null;
  readonly partyUntil: CalendarDate | null;
}

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
  readonly partyFromRule?: PartyFromRule;
  readonly partyUntil?: CalendarDate;
  readonly earlier?: readonly EarlierParticipation[];
  /** A notice of denunciation or withdrawal not yet in effect, or in effect before the treaty bound. */
  readonly withdrawal?: {
    readonly kind: ActionKind;
    readonly dateOfReceipt: CalendarDate;
    readonly effectFrom: CalendarDate | null;
    readonly action: string;
  };
  readonly provisionalApplicationFrom?: CalendarDate;
  /** First day on which it no longer applies provisionally: it ended it, or became a party (VCLT 25). */
  readonly provisionalApplicationUntil?: CalendarDate;
  /** Predecessors that acted under this treaty (also a State it continues), and successors that did. */
  readonly predecessors?: readonly string[];
  readonly successors?: readonly string[];
  readonly territories?: readonly TerritoryStatus[];
  readonly statements?: readonly StatementStatus[];
}

/** Whether the treaty applies to a territory of the participant, by the last act about it. */
export interface TerritoryStatus {
  readonly territory: string;
  readonly applies: boolean;
  readonly since: CalendarDate;
  readonly action: string;
}

/** A reservation, declaration or declaration of competence, and what became of it. */
export interface StatementStatus {
  readonly kind: ActionKind;
  readonly action: string;
  readonly date: CalendarDate;
  /**
   * `awaiting-confirmation`: a reservation made when signing must be confirmed when consenting (VCLT 23(2));
   * `not-confirmed`: the participant consented without confirming it;
   * `awaiting-acceptance`: made late, and the period for objections runs; `not-accepted`: made late and objected
   * to in that period; `ended`: the participation that it belongs to has ended.
   */
  readonly state:
    | 'standing'
    | 'awaiting-confirmation'
    | 'not-confirmed'
    | 'awaiting-acceptance'
    | 'not-accepted'
    | 'withdrawn'
    | 'ended';
  /** Made neither when signing nor when consenting. */
  readonly late?: true;
  readonly confirmedOn?: CalendarDate;
  readonly modifiedOn?: CalendarDate;
  readonly withdrawnOn?: CalendarDate;
  /**
   * Last day on which a party may object before it counts as having accepted: twelve months after it was
   * notified. Who consents later may object until its own consent (VCLT 20(5)).
   */
  readonly objectionsUntil?: CalendarDate;
  /** From what the twelve months are counted: the act itself, as long as no notification of it was circulated. */
  readonly objectionsFrom?: 'notification' | 'act';
  readonly objections?: readonly {
    readonly participant: string;
    readonly date: CalendarDate;
    readonly action: string;
    /** Whether it came in the period that runs for this objector. */
    readonly inTime: boolean;
    readonly withdrawnOn?: CalendarDate;
  }[];
}

export interface Status {
  readonly totals: {
    /** Participants with a signature that stands, whether or not they have since consented; existing States. */
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
  /** When it was withdrawn, where that is why. */
  readonly withdrawnOn?: CalendarDate;
}

export interface ConditionProgress {
  readonly type: string;
  readonly sentence: string;
  /** null: not evaluable from what the ledger knows; the sentence says why. */
  readonly met: boolean | null;
  /** Where it counts: how many, or what share (0 to 1), there is and is needed. */
  readonly reached?: number;
  readonly needed?: number;
}

export interface EntryIntoForce {
  /** `unknown`: the rule is not recorded, or holds a condition that cannot be evaluated. */
  readonly state: EntryIntoForceState;
  /** Absent while pending or unknown. The official date where one was recorded, else the computed. */
  readonly date?: CalendarDate;
  readonly computedDate?: CalendarDate;
  readonly officialDate?: { readonly date: CalendarDate; readonly reason: string };
  /** The day from which it is no longer in force, when parties fell below the number it needs. */
  readonly ceasedOn?: CalendarDate;
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
