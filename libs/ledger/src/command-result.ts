import type {
  CalendarDate,
  ParticipantRegister,
  Recorded,
  Refusal,
  TreatyEvent,
  TreatyRecord,
} from '#treaty';

/** Who, when and under which key; never part of what is decided but for `today`. */
export interface CommandMeta {
  readonly actor: string;
  /** The depositary's calendar date. */
  readonly today: CalendarDate;
  /** The same key with the same command, on one treaty, adds nothing the second time. */
  readonly idempotencyKey?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
}

export interface CommandRecorded {
  readonly outcome: 'recorded';
  /** The action recorded, corrected or annulled; null for a command about the treaty itself. */
  readonly action: string | null;
  readonly events: readonly Recorded<TreatyEvent>[];
  readonly position: string;
  readonly revision: number;
  /** True when this is the answer to an earlier command with the same key. */
  readonly replayed: boolean;
}

/** The fact was on record already. */
export interface CommandUnchanged {
  readonly outcome: 'unchanged';
  readonly action: string | null;
  /** Of the treaty's last event. */
  readonly position: string | null;
}

export interface CommandRefused {
  readonly outcome: 'refused';
  readonly refusals: readonly [Refusal, ...Refusal[]];
}

export type CommandResult = CommandRecorded | CommandUnchanged | CommandRefused;

/** What a command would do, and nothing of it stored. */
export interface CommandPreview {
  readonly result:
    | CommandUnchanged
    | CommandRefused
    | {
        readonly outcome: 'recorded';
        readonly action: string | null;
        /** Revisions are those they would get; id, position and instant don't exist yet. */
        readonly events: readonly Recorded<TreatyEvent>[];
        readonly position: null;
        readonly revision: number;
        readonly replayed: false;
      };
  readonly before: TreatyRecord;
  readonly after: TreatyRecord;
  readonly participants: ParticipantRegister;
}

/** The action that events are about. */
export function actionOf(events: readonly TreatyEvent[]): string | null {
  for (const event of events) if ('action' in event) return event.action;
  return null;
}

/** The answer to a command whose events are recorded. */
export function recordedResult(
  events: readonly Recorded<TreatyEvent>[],
  replayed: boolean,
): CommandRecorded {
  const last = events.at(-1);
  if (last === undefined) throw new Error('A command that recorded nothing has no such answer.');
  return {
    outcome: 'recorded',
    action: actionOf(events.map(({ event }) => event)),
    events,
    position: last.position,
    revision: last.revision,
    replayed,
  };
}
