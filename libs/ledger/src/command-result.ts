import type {
  CalendarDate,
  ParticipantRegister,
  Recorded,
  Refusal,
  TreatyEvent,
  TreatyRecord,
} from '#treaty';

/** Who, when, and for which request: what the law may not find out by itself. */
export interface CommandMeta {
  readonly actor: string;
  readonly today: CalendarDate;
  readonly idempotencyKey?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** W3C trace context of the request, so that what follows from the event is in the same trace. */
  readonly traceparent?: string;
}

export type CommandResult =
  | {
      readonly outcome: 'recorded';
      readonly action: string | null;
      readonly events: readonly Recorded<TreatyEvent>[];
      /** null in a preview: nothing was stored. */
      readonly position: string | null;
      readonly revision: number;
      readonly replayed: boolean;
    }
  | {
      readonly outcome: 'unchanged';
      readonly action: string | null;
      readonly position: string | null;
    }
  | { readonly outcome: 'refused'; readonly refusals: readonly [Refusal, ...Refusal[]] };

export interface PreviewResult {
  readonly result: CommandResult;
  readonly before: TreatyRecord;
  readonly after: TreatyRecord;
  readonly participants: ParticipantRegister;
}
