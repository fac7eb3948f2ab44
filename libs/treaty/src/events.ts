import type { ActionKind } from './action-kinds.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { DocumentsAttached } from './documents.ts';
import type { FinalClauses } from './final-clauses.ts';
import type { RectificationEvent } from './rectifications.ts';

/** The treaty was entered in the register. It does not mean that the treaty is open, or in force. */
export interface TreatyRegistered {
  readonly type: 'treatyRegistered';
  readonly treaty: string;
  readonly title: string;
  readonly titleFr: string | null;
  readonly depositary: string | null;
  readonly dateOfAdoption: CalendarDate | null;
  readonly placeOfAdoption: string | null;
  readonly finalClauses: FinalClauses;
  readonly source: string | null;
}

/** The final clauses were read, or read better. It does not mean that the treaty's text was amended. */
export interface FinalClausesRecorded {
  readonly type: 'finalClausesRecorded';
  readonly treaty: string;
  readonly finalClauses: FinalClauses;
  readonly reason: string;
}

/** An officer recorded a fact that the rules would have refused, with the reason. */
export interface Override {
  readonly reason: string;
  /** The codes of the refusals that were overridden, in the order decide found them. */
  readonly refusals: readonly string[];
}

/**
 * A participant did something; `kind` says what, and `actionKinds[kind]` what it means and does not.
 * Each kind is stored under its own name.
 */
export interface ActionRecorded {
  readonly type: 'actionRecorded';
  readonly treaty: string;
  /** Stable and unique in the ledger; appears in `/actions/{id}`. */
  readonly action: string;
  readonly kind: ActionKind;
  readonly participant: string;
  /** The legal date of the act: of signature, of deposit, of receipt of a notice. */
  readonly date: CalendarDate;
  readonly dateOfInstrument: CalendarDate | null;
  readonly dateOfReceipt: CalendarDate | null;
  /** Only where the act itself names its effect: a succession (before its deposit), a notice with a later date. */
  readonly dateOfEffect: CalendarDate | null;
  readonly place: string | null;
  /** Text of a reservation, declaration, objection...; null otherwise. */
  readonly text: string | null;
  readonly territory: string | null;
  /** The action this one confirms, modifies, withdraws, revokes or objects to. */
  readonly relatesTo: string | null;
  /** The participant's predecessor, for a succession. */
  readonly predecessor: string | null;
  readonly note: string | null;
  readonly source: string | null;
  readonly override: Override | null;
}

/** The fields of an action a correction may change. */
export type CorrectableFields = Partial<
  Pick<
    ActionRecorded,
    | 'kind'
    | 'participant'
    | 'date'
    | 'dateOfInstrument'
    | 'dateOfReceipt'
    | 'dateOfEffect'
    | 'place'
    | 'text'
    | 'territory'
    | 'relatesTo'
    | 'predecessor'
    | 'note'
  >
>;

/** The ledger's own record of an action was wrong and is corrected; the first record stays visible. It is not an act of the participant. */
export interface ActionCorrected {
  readonly type: 'actionCorrected';
  readonly treaty: string;
  readonly action: string;
  readonly changes: CorrectableFields;
  readonly reason: string;
}

/** The ledger recorded an action that never took place. It does not mean that the participant withdrew it. */
export interface ActionAnnulled {
  readonly type: 'actionAnnulled';
  readonly treaty: string;
  readonly action: string;
  readonly reason: string;
}

/** The depositary's official date differs from, or confirms, the computed one; both stay visible. Null participant: the treaty itself. */
export interface OfficialDateRecorded {
  readonly type: 'officialDateRecorded';
  readonly treaty: string;
  readonly participant: string | null;
  readonly date: CalendarDate;
  readonly reason: string;
}

/** An error in the treaty's text was rectified (VCLT 79); the text is replaced ab initio. It is not an amendment. */
export interface TextRectified {
  readonly type: 'textRectified';
  readonly treaty: string;
  readonly date: CalendarDate;
  readonly text: string;
}

export type TreatyEvent =
  | TreatyRegistered
  | FinalClausesRecorded
  | ActionRecorded
  | ActionCorrected
  | ActionAnnulled
  | OfficialDateRecorded
  | TextRectified
  | DocumentsAttached
  | RectificationEvent;

/** Id of the action that an event is about; null for one about the treaty itself. */
export const actionOfEvent = (event: object): string | null =>
  'action' in event && typeof event.action === 'string' ? event.action : null;

/** An event as the ledger holds it: where it stands, when and by whom it was recorded. */
export interface Recorded<E> {
  readonly event: E;
  /** Id of the stored event. */
  readonly id: string;
  readonly stream: string;
  /** Number of the event in its stream, from 0. */
  readonly revision: number;
  /** Commit position in the whole ledger, a decimal string (it may exceed 2^53). */
  readonly position: string;
  /** Instant of recording, ISO 8601 in UTC. */
  readonly recordedAt: string;
  readonly actor: string;
}
