import type { Refusal } from './commands.ts';
import { refusalsInEnglish } from './in-words/refusals-in-english.ts';
import { refusalsInFrench } from './in-words/refusals-in-french.ts';
import type { RefusalCode, RefusalFacts } from './refusal-facts.ts';

export interface RefusalEntry {
  /** What the code means, for people who read an answer. */
  readonly meaning: string;
  /** Where the general law says so; a treaty's own article goes before it. */
  readonly article: string | null;
  /** Whether an officer may record the fact all the same, with a reason. */
  readonly overridable: boolean;
}

const fundamental = (meaning: string, article: string | null = null): RefusalEntry => ({
  meaning,
  article,
  overridable: false,
});
const odd = (meaning: string, article: string | null = null): RefusalEntry => ({
  meaning,
  article,
  overridable: true,
});

/** Every code with which the law refuses a record. Codes are for ever: programs branch on them. */
export const refusalCatalogue = {
  'treaty-not-registered': fundamental('The treaty is not in the register.'),
  'treaty-already-registered': fundamental(
    'A treaty with this id is in the register with other data.',
  ),
  'invalid-treaty-id': fundamental('The id cannot be that of a treaty.'),
  'unknown-participant': fundamental('No participant has this code.', 'VCLT art. 6'),
  'unknown-action': fundamental('The treaty has no action with this id.'),
  'action-annulled': fundamental('The record of this action was annulled.'),
  'blank-reason': fundamental('A reason is needed and is blank.'),
  'incomplete-notification': fundamental(
    'A depositary notification has a subject and a text in both languages of circulation.',
    'VCLT art. 77(1)(e)',
  ),
  'unknown-notification': fundamental('No depositary notification has this number.'),
  'unknown-rectification': fundamental('No such rectification of the text was proposed.'),
  'objection-out-of-time': fundamental(
    'The objection came outside the period given for it.',
    'VCLT art. 79(2)',
  ),
  'rectification-objected': fundamental(
    'Somebody objected to the rectification.',
    'VCLT art. 79(2)(b)',
  ),
  'objection-period-running': fundamental(
    'The period for objections to the rectification has not ended.',
    'VCLT art. 79(2)(a)',
  ),
  'date-in-future': fundamental(
    'A record is of something that happened; the date has not come.',
    'VCLT art. 77(1)(d)',
  ),
  'missing-text': fundamental('This kind of action consists of a text.', 'VCLT art. 23(1)'),
  'missing-territory': fundamental('This kind of action names a territory.', 'VCLT art. 29'),
  'missing-related-action': fundamental('This kind of action refers to another one.'),
  'unknown-related-action': fundamental('The action referred to is not on record for this treaty.'),
  'wrong-related-action': fundamental(
    'The action referred to is not of the kind, or not of the participant, that this one can refer to.',
    'VCLT art. 20-23',
  ),
  'official-date-before-deposit': fundamental(
    'An official date for a participant cannot come before its consent to be bound.',
    'VCLT art. 24(3)',
  ),
  'date-before-adoption': odd('The act is dated before the text was adopted.', 'VCLT art. 9'),
  'participant-not-existing-on-date': odd(
    'The participant did not exist on this date.',
    'VCLT art. 6',
  ),
  'instrument-after-deposit': odd('The instrument is dated after its deposit.', 'VCLT art. 16'),
  'effect-date-not-allowed': odd(
    'Only a succession or a notice names the date of its own effect.',
    'VCLT art. 24',
  ),
  'only-for-organizations': odd(
    'Formal confirmation and declarations of competence are acts of organizations.',
    'VCLT 1986 art. 14',
  ),
  'not-for-organizations': odd(
    'An organization does not perform this act; it confirms formally, or accedes.',
    'VCLT 1986 art. 14',
  ),
  'not-for-territories': odd('A territory does not act for itself in a treaty.', 'VCLT art. 29'),
  'signature-outside-window': odd(
    'The treaty is not open for signature on this date.',
    'VCLT art. 12',
  ),
  'signature-at-wrong-place': odd(
    'The treaty is open for signature at another place on this date.',
    'VCLT art. 12',
  ),
  'second-signature': odd('The participant has signed already.', 'VCLT art. 12'),
  'second-consent': odd('The participant has consented to be bound already.', 'VCLT art. 11'),
  'accession-by-signatory': odd(
    'A signatory ratifies, accepts or approves; accession is for those that did not sign.',
    'VCLT art. 14-15',
  ),
  'ratification-without-signature': odd(
    'Ratification, acceptance and approval follow a signature; without one it is accession.',
    'VCLT art. 14-15',
  ),
  'accession-not-open': odd('The treaty is not open for accession on this date.', 'VCLT art. 15'),
  'reio-before-member': odd(
    'A regional economic integration organization acts only after one of its member States did likewise.',
  ),
  'withdrawal-without-instrument': odd(
    'Only a participant that consented to be bound can denounce or withdraw.',
    'VCLT art. 54',
  ),
  'withdrawal-word': odd('The treaty uses the other word for leaving it.', 'VCLT art. 54'),
  'withdrawal-too-early': odd('The treaty does not allow this notice yet.', 'VCLT art. 54'),
  'second-notice': odd(
    'A notice of denunciation or withdrawal is pending already.',
    'VCLT art. 65',
  ),
  'revocation-without-notice': odd('There is no pending notice to revoke.', 'VCLT art. 68'),
  'revocation-too-late': odd(
    'The notice has taken effect; what has ended cannot be revoked.',
    'VCLT art. 68',
  ),
  'instrument-withdrawal-after-entry-into-force': odd(
    'After entry into force a participant leaves by denunciation or withdrawal from the treaty.',
    'VCLT art. 54',
  ),
  'withdrawal-without-signature': odd('There is no signature to withdraw.', 'VCLT art. 18'),
  'confirmation-without-signature': odd(
    'There is no signature ad referendum to confirm.',
    'VCLT art. 12(2)(b)',
  ),
  'late-reservation': odd(
    'A reservation is made when signing or consenting to be bound.',
    'VCLT art. 19',
  ),
  'statement-before-act': odd(
    'The participant has neither signed nor consented on this date.',
    'VCLT art. 19',
  ),
} as const satisfies Record<RefusalCode, RefusalEntry>;

/**
 * A refusal with the sentence of the case in both languages, made from its facts; the treaty's article, where
 * known, before the general one.
 */
export function refuse<Code extends RefusalCode>(
  code: Code,
  field: string | null,
  facts: RefusalFacts[Code],
  article: string | null | undefined = null,
): Refusal {
  const entry: RefusalEntry = refusalCatalogue[code];
  return {
    code,
    sentence: refusalsInEnglish[code](facts),
    sentenceFr: refusalsInFrench[code](facts),
    article: article == null ? entry.article : `art. ${article}`,
    field,
    overridable: entry.overridable,
  };
}
