import type { CalendarDate } from './calendar-date.ts';

export type ParticipantKind =
  | 'state'
  | 'observer-state'
  | 'non-member-state'
  | 'dissolved-state'
  | 'reio'
  | 'organization'
  | 'territory';

/** A participant is known to the register. It does not mean that it is recognised by anyone. */
export interface ParticipantRegistered {
  readonly type: 'participantRegistered';
  /** ISO 3166-1 alpha-3; `EUE` for the European Union; `ORG-...` for other organizations. */
  readonly participant: string;
  readonly kind: ParticipantKind;
  readonly iso2: string | null;
  readonly m49: string | null;
  readonly name: string;
  readonly nameFr: string | null;
  readonly formalName: string | null;
  readonly formalNameFr: string | null;
  /** Other and former names under which sources list it. */
  readonly alsoKnownAs: readonly string[];
  /** First day on which it could act; null when not recorded (do not refuse on it). */
  readonly from: CalendarDate | null;
  /** Last day of its existence; null while it lasts. */
  readonly until: CalendarDate | null;
  readonly predecessors: readonly string[];
  readonly note: string | null;
  readonly source: string | null;
}

/** A State became or ceased to be a member of an REIO. It is not an act under any treaty of the register. */
export interface MembershipRecorded {
  readonly type: 'membershipRecorded';
  readonly organization: string;
  readonly member: string;
  readonly from: CalendarDate;
  readonly until: CalendarDate | null;
}

/** A participant changed its name from a date on. It is the same legal person. */
export interface ParticipantRenamed {
  readonly type: 'participantRenamed';
  readonly participant: string;
  readonly name: string;
  readonly nameFr: string | null;
  readonly date: CalendarDate;
}

/** A State continues the legal person of another. It is not succession: no notification to any treaty is due. */
export interface ParticipantContinued {
  readonly type: 'participantContinued';
  readonly participant: string;
  readonly predecessor: string;
  readonly date: CalendarDate;
}

/** A State ceased to exist. Its own actions stay in every table. */
export interface ParticipantDissolved {
  readonly type: 'participantDissolved';
  readonly participant: string;
  readonly date: CalendarDate;
  readonly successors: readonly string[];
}

/**
 * A published table of figures about participants: emissions, gross tonnage. Tables of later dates stand
 * beside it. It is not the depositary's own figure.
 */
export interface AttributeTableRecorded {
  readonly type: 'attributeTableRecorded';
  /** Name that conditions refer to, kebab-case: `gross-tonnage`. */
  readonly attribute: string;
  readonly title: string;
  readonly unit: string | null;
  /** Day for which the figures were published. */
  readonly date: CalendarDate;
  /** By participant code. */
  readonly values: Readonly<Record<string, number>>;
  /** The whole that shares are of; it may exceed the sum of the values. */
  readonly total: number;
  readonly source: string;
}

export type ParticipantEvent =
  | ParticipantRegistered
  | MembershipRecorded
  | ParticipantRenamed
  | ParticipantContinued
  | ParticipantDissolved
  | AttributeTableRecorded;

export interface Participant {
  readonly code: string;
  readonly kind: ParticipantKind;
  readonly iso2: string | null;
  readonly m49: string | null;
  /** The name today; `participantNameOn` gives the one of a date. */
  readonly name: string;
  readonly nameFr: string | null;
  readonly formalName: string | null;
  readonly formalNameFr: string | null;
  readonly alsoKnownAs: readonly string[];
  readonly names: readonly {
    readonly name: string;
    readonly nameFr: string | null;
    readonly from: CalendarDate | null;
  }[];
  readonly from: CalendarDate | null;
  readonly until: CalendarDate | null;
  readonly predecessors: readonly string[];
  readonly successors: readonly string[];
  readonly continues: string | null;
  /** For an REIO: its members with their dates. */
  readonly members: readonly {
    readonly code: string;
    readonly from: CalendarDate;
    readonly until: CalendarDate | null;
  }[];
  readonly note: string | null;
  readonly source: string | null;
}

/** One table of figures, as recorded. */
export type AttributeTable = Omit<AttributeTableRecorded, 'type'>;

/** All participants by code: the fold of the `participants` stream. A plain object so that it serialises. */
export interface ParticipantRegister {
  readonly byCode: Readonly<Record<string, Participant>>;
  /** Tables by attribute, in order of date. */
  readonly tables: Readonly<Record<string, readonly AttributeTable[]>>;
}
