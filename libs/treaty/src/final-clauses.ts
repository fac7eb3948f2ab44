import type { CalendarDate } from './calendar-date.ts';
import type { ActionKind } from './action-kinds.ts';

/**
 * How a period named in a final clause is counted from the day of an act (the day of the act is day 0).
 *
 * - `days`: the Nth day after that day; weekends count.
 * - `months`, `years`: the same calendar day N months or years later, clamped to the month's end.
 * - `first-of-month-after-days`: first day of the month after the Nth day (Rome Statute, art. 126).
 * - `first-of-month-after-months`: first day of the month following the expiry of N months.
 * - `first-of-nth-month`: first day of the Nth month after the month of the act.
 * - `same-day`: on the date of deposit itself (NPT, BWC, ENMOD); `n` is 0.
 */
export type DelayMode =
  | 'days'
  | 'months'
  | 'years'
  | 'first-of-month-after-days'
  | 'first-of-month-after-months'
  | 'first-of-nth-month'
  | 'same-day';

export interface Delay {
  readonly mode: DelayMode;
  readonly n: number;
}

/** Who is in a group that a condition speaks of: a closed list, the members of an organization, or a figure reached. */
export type Group =
  | { readonly participants: readonly string[] }
  | { readonly membersOf: string }
  | { readonly attribute: string; readonly atLeast: number };

/**
 * What must be so, besides the number of instruments, before a treaty enters into force. `entryIntoForceOf`
 * says plainly when the ledger lacks what a condition needs, and then claims no date.
 *
 * - `not-before-date`: on that date if all else is met by then, otherwise counted from when it is (Montreal
 *   Protocol, Kigali; Part XI Agreement).
 * - `not-before-offset`: in no case earlier than a period after opening for signature or adoption (CWC, CTBT).
 * - `entry-into-force-of`: not before another treaty (ICCPR-OP1, protocols of UNTOC).
 * - `all-parties-of`, `fraction-of-parties-of`: consent of the parties of another treaty (ECHR-P15, Doha);
 *   `count` is the number as the depositary worked it out, `asOf` fixes whose parties are meant.
 * - `named-states`, `subset-count`, `other-count`: particular States, so many of a group, so many outside it.
 * - `share`: States that together have a share of an attribute's total, or of another attribute of the same
 *   States (Kyoto, Paris, IMO tonnage, Hong Kong recycling volume).
 * - `ceases-below`: once in force, ceases when parties fall below a number (Genocide, art. XV).
 * - `party-to`, `minimum-protocols`, `tacit-consent`, `pairwise-acceptance`, `objection-window`: said in the
 *   answer; they do not move the date.
 */
export type Condition =
  | { readonly type: 'not-before-date'; readonly date: CalendarDate; readonly note?: string }
  | {
      readonly type: 'not-before-offset';
      readonly from: 'opening-for-signature' | 'adoption';
      readonly delay: Delay;
    }
  | { readonly type: 'entry-into-force-of'; readonly treaty: string }
  | { readonly type: 'party-to'; readonly treaty: string }
  | { readonly type: 'all-parties-of'; readonly treaty: string }
  | {
      readonly type: 'fraction-of-parties-of';
      readonly treaty: string;
      readonly fraction: string;
      readonly asOf?: CalendarDate;
      readonly count?: number;
    }
  | {
      readonly type: 'named-states';
      readonly group: string;
      readonly participants: readonly string[];
    }
  | {
      readonly type: 'subset-count';
      readonly group: string;
      readonly count: number;
      /** Left out while nobody has recorded who is in the group. */
      readonly of?: Group;
    }
  | { readonly type: 'other-count'; readonly count: number }
  | {
      readonly type: 'share';
      readonly attribute: string;
      /** `55/100`, `2/3`. */
      readonly fraction: string;
      /** The share is of this attribute's sum over the same States, not of the attribute's own total. */
      readonly relativeTo?: string;
    }
  | { readonly type: 'minimum-protocols'; readonly count: number }
  | { readonly type: 'tacit-consent'; readonly text: string }
  | { readonly type: 'pairwise-acceptance'; readonly text: string }
  | { readonly type: 'objection-window'; readonly delay: Delay; readonly text?: string }
  | { readonly type: 'ceases-below'; readonly count: number; readonly article?: string };

export interface EntryIntoForceRule {
  /** The article the explanation cites, e.g. `65(1)`; null while nobody has recorded it. */
  readonly article: string | null;
  /** Number of counted instruments needed; 0 where another condition alone decides. */
  readonly threshold: number;
  readonly countedKinds: readonly ActionKind[];
  readonly delay: Delay;
  /** Whether an REIO's instrument is additional to those of its member States. */
  readonly reioInstruments: 'not-counted' | 'counted' | 'unknown';
  readonly conditions: readonly Condition[];
}

/**
 * When the treaty binds a participant that consents later. `after-threshold` is UNCAC's family (a deposit
 * after the Nth instrument waits its own delay), `after-entry-into-force` is CWC's (a deposit before the
 * treaty's entry into force takes effect on it, with no delay of its own).
 */
export interface LaterPartyRule {
  readonly article: string | null;
  readonly delay: Delay;
  readonly appliesTo: 'after-threshold' | 'after-entry-into-force' | 'unknown';
  /** Never before the treaty's own entry into force (UNCAC 68(2): "whichever is later"). */
  readonly notBeforeEntryIntoForce: boolean;
  /** Whether the text itself says so (UNTOC 38(2) does not); null when not read. */
  readonly floorWrittenInText: boolean | null;
}

/**
 * When a notice takes effect: a period from its receipt; at the end of the period of years that it was given
 * early enough for (Genocide art. XIV); or on a day of the year, by a cut-off (drugs 1961: received by 1 July,
 * effect on 1 January).
 */
export type NoticePeriod =
  | Delay
  | {
      readonly mode: 'end-of-period';
      /** Counted from the treaty's entry into force. */
      readonly first: Delay;
      readonly following: Delay;
      /** How long before the end the notice must be received. */
      readonly before: Delay;
    }
  /** `MM-DD` both. */
  | { readonly mode: 'cut-off'; readonly receivedBy: string; readonly effectOn: string };

export interface WithdrawalRule {
  readonly article: string | null;
  /** The treaty's own word; null when not read. */
  readonly word: 'denunciation' | 'withdrawal' | null;
  /** Period from receipt of the notice; null when the treaty has no such period or no clause at all. */
  readonly notice: NoticePeriod | null;
  /** Period for which no notice may be given, counted from `earliestFrom`. */
  readonly earliest: Delay | null;
  readonly earliestFrom: 'entry-into-force' | 'entry-into-force-for-the-party' | null;
  /** A regional economic integration organization ceases to be a party when all its members have denounced. */
  readonly reioCeasesWithMembers?: boolean;
  /** The treaty's words where the fields cannot say them. Listed, never approximated. */
  readonly words: string | null;
}

/** One stretch of time and place in which the treaty is open for signature, both days included. */
export interface SignatureWindow {
  /** null: not recorded. */
  readonly place: string | null;
  readonly from: CalendarDate;
  /** null: open without limit. */
  readonly until: CalendarDate | 'entry-into-force' | null;
}

export interface SignatureRule {
  readonly article: string | null;
  readonly windows: readonly SignatureWindow[];
}

export interface ConsentRule {
  /** Article on ratification, acceptance, approval and, where it stands apart, on accession. */
  readonly article: string | null;
  readonly accessionArticle: string | null;
  /** A regional economic integration organization may only act after one of its members did. */
  readonly reioAfterMember: boolean;
  /** `any-time`: from adoption on; `after-entry-into-force` / `after-signature-closes`: as some treaties say. */
  readonly accessionOpens:
    'any-time' | 'after-signature-closes' | 'after-entry-into-force' | 'unknown';
}

/** The final clauses of one treaty as data. A part the depositary has not read is null, never guessed. */
export interface FinalClauses {
  readonly version: 1;
  readonly signature: SignatureRule | null;
  readonly consent: ConsentRule | null;
  readonly entryIntoForce: EntryIntoForceRule | null;
  readonly laterParties: LaterPartyRule | null;
  readonly withdrawal: WithdrawalRule | null;
  /** Where the rules were read, and how sure they are. */
  readonly source: string | null;
}

/** Nothing is known of the final clauses: everything is recorded, nothing is computed. */
export const unknownFinalClauses: FinalClauses = {
  version: 1,
  signature: null,
  consent: null,
  entryIntoForce: null,
  laterParties: null,
  withdrawal: null,
  source: null,
};
