import type { ActionKind } from './action-kinds.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { SignatureWindow } from './final-clauses.ts';
import type { Participant } from './participants.ts';

/** Whom a refusal is about, as each language names it. */
export type Who = Pick<Participant, 'code' | 'kind' | 'name' | 'nameFr'>;

/** Whose it is, and the day that the act refused is dated. */
interface WhoAndDay {
  readonly who: Who;
  readonly date: CalendarDate;
}

/** A kind of act that lacks something. */
interface OfKind {
  readonly kind: ActionKind;
}

/**
 * What the sentence of each refusal is made of, by its code; null where the sentence is always the same. The
 * law gives facts and `in-words` the sentence, so that a language more changes nothing in the law.
 */
export interface RefusalFacts {
  'treaty-not-registered': { readonly treaty: string };
  'treaty-already-registered': {
    readonly treaty: string;
    readonly title: string;
    readonly titleFr: string | null;
  };
  /** `problem`: in English, as `treatyIdProblem` says it. */
  'invalid-treaty-id': { readonly problem: string };
  /** `acts`: it is the one who acts, so the sentence says which codes there are. */
  'unknown-participant': { readonly code: string; readonly acts: boolean };
  'unknown-action': { readonly action: string; readonly treaty: string };
  'action-annulled': { readonly because: string };
  'blank-reason': null;
  'incomplete-notification': null;
  'unknown-notification': { readonly notification: string };
  'unknown-rectification': { readonly rectification: string };
  'objection-out-of-time': {
    readonly from: CalendarDate;
    readonly until: CalendarDate;
    readonly rectified: CalendarDate | null;
    readonly date: CalendarDate;
  };
  'rectification-objected': WhoAndDay;
  'objection-period-running': { readonly until: CalendarDate };
  /** `today` null: of the text, where only the day is said. */
  'date-in-future': { readonly date: CalendarDate; readonly today: CalendarDate | null };
  'missing-text': { readonly of: ActionKind | 'error in the text' | 'procès-verbal' };
  'missing-territory': OfKind;
  'missing-related-action': OfKind;
  'unknown-related-action': { readonly action: string; readonly treaty: string };
  'wrong-related-action': OfKind & {
    /** What it may refer to, of the same participant or of another one. */
    readonly mayBe: readonly ActionKind[];
    readonly whose: 'same' | 'another';
    readonly found: WhoAndDay & OfKind;
  };
  'official-date-before-deposit': WhoAndDay & { readonly deposited: CalendarDate };
  'date-before-adoption': { readonly date: CalendarDate; readonly adopted: CalendarDate };
  'participant-not-existing-on-date': WhoAndDay &
    ({ readonly until: CalendarDate } | { readonly since: CalendarDate });
  'instrument-after-deposit': { readonly date: CalendarDate } & (
    { readonly dateOfInstrument: CalendarDate } | { readonly dateOfReceipt: CalendarDate }
  );
  'effect-date-not-allowed': null;
  'only-for-organizations': OfKind & { readonly who: Who };
  'not-for-organizations': OfKind & { readonly who: Who };
  'not-for-territories': { readonly who: Who };
  'signature-outside-window': {
    readonly date: CalendarDate;
    readonly windows: readonly SignatureWindow[];
  };
  'signature-at-wrong-place': {
    readonly date: CalendarDate;
    readonly open: readonly string[];
    readonly place: string;
  };
  'second-signature': { readonly who: Who; readonly signed: CalendarDate };
  /** It stands, stands until a notice takes effect, or is of a later day than the one refused. */
  'second-consent': { readonly who: Who; readonly consented: CalendarDate } & (
    | { readonly stands: 'on' }
    | { readonly stands: 'until'; readonly until: CalendarDate }
    | { readonly stands: 'after'; readonly date: CalendarDate }
  );
  'accession-by-signatory': { readonly who: Who; readonly signed: CalendarDate };
  'ratification-without-signature': WhoAndDay;
  /** `signatureUntil` null: its last day is not known yet. */
  'accession-not-open':
    | { readonly opens: 'on entry into force' }
    | { readonly opens: 'after signature'; readonly signatureUntil: CalendarDate | null };
  'reio-before-member': WhoAndDay & { readonly act: 'signature' | 'consent' };
  'withdrawal-without-instrument': WhoAndDay & { readonly of: 'participation' | 'instrument' };
  'withdrawal-word': { readonly word: 'denunciation' | 'withdrawal' };
  'withdrawal-too-early': { readonly from: CalendarDate };
  'second-notice': { readonly who: Who; readonly given: CalendarDate };
  'revocation-without-notice': WhoAndDay;
  'revocation-too-late': { readonly who: Who; readonly effect: CalendarDate };
  'instrument-withdrawal-after-entry-into-force': {
    readonly who: Who;
    readonly inForce: CalendarDate;
    readonly word: 'denunciation' | 'withdrawal' | null;
  };
  'withdrawal-without-signature': WhoAndDay;
  'confirmation-without-signature': WhoAndDay;
  'late-reservation': WhoAndDay & { readonly acted: readonly CalendarDate[] };
  'statement-before-act': WhoAndDay;
}

export type RefusalCode = keyof RefusalFacts;

/** The sentence of each refusal in one language, from its facts. */
export type RefusalSentences = {
  readonly [Code in RefusalCode]: (facts: RefusalFacts[Code]) => string;
};
