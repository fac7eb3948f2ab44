import type {
  ActionCorrected,
  ActionRecorded,
  OfficialDateRecorded,
  TextRectified,
  TreatyRegistered,
} from './events.ts';
import type { AttachedDocument } from './documents.ts';
import type { FinalClauses } from './final-clauses.ts';
import type { RectificationProcedure } from './rectifications.ts';

/** One action as it now stands, with what it was. */
export interface RecordedAction {
  /** With every correction applied. */
  readonly current: ActionRecorded;
  /** As first recorded. */
  readonly first: ActionRecorded;
  readonly corrections: readonly ActionCorrected[];
  /** The reason, when the record itself was annulled: the action never took place. */
  readonly annulled: string | null;
  /** Documents that the depositary holds of it, by their digests. */
  readonly documents: readonly AttachedDocument[];
  /** Order of recording within the treaty, from 0. */
  readonly ordinal: number;
}

/** The fold of one treaty's events: all that decide and the answers need. Plain data, serialisable. */
export interface TreatyRecord {
  readonly treaty: string;
  /** null until the treaty is registered. */
  readonly registered: TreatyRegistered | null;
  readonly finalClauses: FinalClauses;
  /** In order of recording. */
  readonly actions: readonly RecordedAction[];
  readonly officialDates: readonly OfficialDateRecorded[];
  readonly rectifications: readonly TextRectified[];
  /** Proposals to rectify the text, with objections and adoption. */
  readonly procedures: readonly RectificationProcedure[];
  /** Documents of the treaty itself, such as a procès-verbal. */
  readonly documents: readonly AttachedDocument[];
}
