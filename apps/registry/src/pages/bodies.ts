import type {
  ActionKind,
  ActionRecorded,
  CalendarDate,
  CorrectableFields,
  EntryIntoForce,
  FinalClauses,
  Participant,
  Status,
  StatusRow,
} from '#treaty';

/** The answers of the public API as pages read them: the same objects that a program gets as JSON. */
interface AtATime {
  readonly asOf: CalendarDate;
  readonly asKnownAt: string | null;
  readonly position: string;
}

export type BriefForce = Pick<EntryIntoForce, 'state' | 'date' | 'counted' | 'required'>;

export interface TreatySummary {
  readonly treaty: string;
  readonly title: string;
  readonly titleFr: string | null;
  readonly depositary: string | null;
  readonly dateOfAdoption: CalendarDate | null;
  readonly placeOfAdoption: string | null;
  readonly source: string | null;
  readonly totals: Status['totals'];
  readonly entryIntoForce: BriefForce;
}

export interface TreatyBody extends TreatySummary, AtATime {
  readonly finalClauses: FinalClauses;
  readonly inWords: Readonly<Record<'en' | 'fr', readonly string[]>>;
  readonly notComputed: readonly string[];
  readonly officialDates: readonly {
    readonly participant: string | null;
    readonly date: CalendarDate;
    readonly reason: string;
  }[];
  readonly rectifications: readonly { readonly date: CalendarDate; readonly text: string }[];
}

export interface StatusBody extends AtATime, Status {
  readonly treaty: string;
  readonly entryIntoForce: BriefForce;
}

export interface ForceBody extends AtATime, EntryIntoForce {
  readonly treaty: string;
}

export interface ActionItem extends Omit<ActionRecorded, 'type'> {
  /** The reason, when the record was annulled. */
  readonly annulled: string | null;
  readonly corrected: boolean;
  readonly recordedAt: string;
  readonly position: string;
}

export interface ActionBody extends ActionItem {
  readonly name: string | null;
  /** Numbers of the notifications that tell of it. */
  readonly notifications: readonly string[];
  readonly first: Omit<ActionRecorded, 'type'>;
  readonly corrections: readonly {
    readonly changes: CorrectableFields;
    readonly reason: string;
    readonly recordedAt: string;
    readonly position: string;
  }[];
}

export interface ActionsBody {
  /** Left out in the list of all treaties. */
  readonly treaty?: string;
  readonly position: string;
  readonly actions: readonly ActionItem[];
  readonly next: string | null;
}

export interface ParticipantInTreatyBody extends AtATime, StatusRow {
  readonly treaty: string;
  readonly actions: readonly ActionItem[];
}

export interface ChangesBody {
  readonly treaty: string;
  readonly from: { readonly asOf: CalendarDate; readonly asKnownAt: string | null };
  readonly to: { readonly asOf: CalendarDate; readonly asKnownAt: string | null };
  readonly position: string;
  readonly changes: readonly {
    readonly code: string;
    readonly name: string;
    readonly before: StatusRow | null;
    readonly after: StatusRow | null;
  }[];
  readonly entryIntoForce: { readonly before: BriefForce; readonly after: BriefForce };
  readonly recorded: readonly {
    readonly type: string;
    readonly action?: string;
    readonly kind?: ActionKind;
    readonly participant?: string | null;
    readonly recordedAt: string;
    readonly position: string;
  }[];
}

export interface TreatiesBody {
  readonly position: string;
  readonly total: number;
  readonly treaties: readonly TreatySummary[];
  readonly next: string | null;
}

export interface ParticipantsBody {
  readonly position: string | null;
  readonly total: number;
  readonly participants: readonly Participant[];
  readonly next: string | null;
}

export interface ParticipantBody extends Participant {
  readonly asOf: CalendarDate;
  readonly asKnownAt: string | null;
  readonly treaties: readonly (StatusRow & { readonly treaty: string; readonly title: string })[];
}

/** A depositary notification as lists show it. */
export interface NotificationItem {
  readonly notification: string;
  readonly year: number;
  readonly serial: number;
  readonly treaty: string;
  readonly title: string | null;
  readonly titleFr: string | null;
  readonly dateOfNotification: CalendarDate;
  readonly subject: Readonly<Record<'en' | 'fr', string>>;
  readonly actions: readonly string[];
  readonly announcesEntryIntoForce: CalendarDate | null;
  readonly corrects: string | null;
  readonly correctedBy: readonly string[];
  readonly recordedAt: string;
  readonly position: string;
}

export interface NotificationsBody {
  readonly notifications: readonly NotificationItem[];
  readonly next: string | null;
}

export interface NotificationBody extends Omit<NotificationItem, 'actions'> {
  readonly text: Readonly<Record<'en' | 'fr', string>>;
  readonly actions: readonly {
    readonly action: string;
    /** These are left out where the action is not known here. */
    readonly kind?: ActionKind;
    readonly participant?: string;
    readonly name?: string;
    readonly date?: CalendarDate;
    readonly annulled?: string | null;
  }[];
}
