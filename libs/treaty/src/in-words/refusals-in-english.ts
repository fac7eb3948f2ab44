import { actionKinds, type ActionKind } from '../action-kinds.ts';
import type { RefusalSentences } from '../refusal-facts.ts';

const label = (kind: ActionKind): string => actionKinds[kind].label;
const lower = (kind: ActionKind): string => label(kind).toLowerCase();

/** Why the law refuses, in English: programs show it as it is, so a sentence changes only for a reason. */
export const refusalsInEnglish: RefusalSentences = {
  'treaty-not-registered': ({ treaty }) =>
    `The register has no treaty ${treaty}; register it first, or check the id.`,
  'treaty-already-registered': ({ treaty, title }) =>
    `${treaty} is in the register already as "${title}".`,
  'invalid-treaty-id': ({ problem }) => problem,
  'unknown-participant': ({ code, acts }) =>
    acts
      ? `No participant has the code ${code}; use the ISO 3166-1 alpha-3 code of a State, or EUE for the European Union.`
      : `No participant has the code ${code}.`,
  'unknown-action': ({ action, treaty }) =>
    `The treaty has no action ${action}; /treaties/${treaty}/actions lists them.`,
  'action-annulled': ({ because }) => `The record of this action was annulled: ${because}`,
  'blank-reason': () => 'Say why, in a sentence: the reason is kept with the record.',
  'incomplete-notification': () =>
    'A notification is circulated in English and French: give its subject and text in both.',
  'unknown-notification': ({ notification }) =>
    `No notification has the number ${notification}; a corrigendum names the one it corrects.`,
  'unknown-rectification': ({ rectification }) =>
    `No rectification ${rectification} of this treaty was proposed; propose it first.`,
  'objection-out-of-time': ({ from, until, rectified, date }) =>
    `Objections count from ${from} to ${until}${rectified === null ? '' : `, and the text was rectified on ${rectified}`}; ${date} is not within.`,
  'rectification-objected': ({ who, date }) =>
    `${who.code} objected on ${date}; communicate the objection to the signatory and contracting States instead.`,
  'objection-period-running': ({ until }) =>
    `Objections may come until ${until}; the procès-verbal is executed after that day.`,
  'date-in-future': ({ date, today }) =>
    today === null
      ? `${date} has not come yet.`
      : `${date} has not come yet (today is ${today}); record the act when it has happened.`,
  'missing-text': ({ of }) => {
    if (of === 'error in the text') return 'Say which words are to be replaced, and by which.';
    if (of === 'procès-verbal') return 'Give the text of the procès-verbal of rectification.';
    return `${label(of)} consists of a text; give it.`;
  },
  'missing-territory': ({ kind }) => `${label(kind)} names a territory; give it.`,
  'missing-related-action': ({ kind }) => `${label(kind)} refers to an action; give the id of it.`,
  'unknown-related-action': ({ action, treaty }) =>
    `The treaty has no action ${action}; /treaties/${treaty}/actions lists them.`,
  'wrong-related-action': ({ kind, mayBe, whose, found }) =>
    `${label(kind)} refers to an earlier ${mayBe.map(lower).join(' or ')} of ${whose === 'same' ? 'the same' : 'another'} participant; that action is a ${lower(found.kind)} of ${found.who.code} of ${found.date}.`,
  'official-date-before-deposit': ({ who, deposited, date }) =>
    `${who.code} consented to be bound on ${deposited}; ${date} is before that, so check both dates.`,
  'date-before-adoption': ({ date, adopted }) =>
    `${date} is before the adoption of the treaty on ${adopted}; check the date.`,
  'participant-not-existing-on-date': ({ who, date, ...dates }) =>
    `${who.name} ${'until' in dates ? `ceased to exist on ${dates.until}` : `exists since ${dates.since}`}; on ${date} it was another participant.`,
  'instrument-after-deposit': ({ date, ...dates }) =>
    'dateOfReceipt' in dates
      ? `The instrument was received on ${dates.dateOfReceipt}, after the act of ${date}; check both dates.`
      : `The instrument is dated ${dates.dateOfInstrument}, after the act of ${date}; check both dates.`,
  'effect-date-not-allowed': () =>
    'The date of effect of this act follows from the final clauses; leave dateOfEffect out.',
  'only-for-organizations': ({ kind, who }) =>
    `${label(kind)} is an act of an organization, and ${who.name} is a State.`,
  'not-for-organizations': ({ kind, who }) =>
    `${label(kind)} is an act of a State, and ${who.name} is an organization.`,
  'not-for-territories': ({ who }) =>
    `${who.name} is a territory; record the act of the State responsible for it and name the territory there.`,
  'signature-outside-window': ({ date, windows }) =>
    `The treaty is not open for signature on ${date}; it is open at ${windows
      .map(({ place, from, until }) => `${place ?? 'any place'} ${from} to ${until ?? 'no end'}`)
      .join('; ')}.`,
  'signature-at-wrong-place': ({ date, open, place }) =>
    `On ${date} the treaty is open for signature at ${open.join(' or ')}, not at ${place}.`,
  'second-signature': ({ who, signed }) => `${who.name} signed on ${signed} already.`,
  'second-consent': ({ who, consented, ...consent }) => {
    if (consent.stands === 'after')
      return `${who.name} has a consent of ${consented} on record, and this one of ${consent.date} would take its place; if that record is wrong, correct it or annul it.`;
    const already = `${who.name} consented to be bound on ${consented} already`;
    return consent.stands === 'on'
      ? `${already}.`
      : `${already}, and its notice takes effect only on ${consent.until}; it revokes the notice, or consents anew from that day on.`;
  },
  'accession-by-signatory': ({ who, signed }) =>
    `${who.name} signed on ${signed}, so it ratifies, accepts or approves; accession is for those that did not sign.`,
  'ratification-without-signature': ({ who, date }) =>
    `${who.name} has no signature on or before ${date}; without one ${who.kind === 'reio' ? 'it' : 'a State'} accedes.`,
  'accession-not-open': (facts) =>
    facts.opens === 'on entry into force'
      ? 'Accession opens when the treaty enters into force; until then States sign.'
      : `Accession opens when signature closes, after ${facts.signatureUntil ?? 'a day that is not known yet'}.`,
  'reio-before-member': ({ who, date, act }) =>
    `No member State of ${who.name} has ${act === 'signature' ? 'signed' : 'consented to be bound'} by ${date}; record that of a member first.`,
  'withdrawal-without-instrument': ({ who, date, of }) =>
    of === 'instrument'
      ? `${who.name} has deposited no instrument on or before ${date} to withdraw.`
      : `${who.name} has no consent to be bound in force on ${date}, so there is nothing to leave; a signature is withdrawn by withdrawalOfSignature.`,
  'withdrawal-word': ({ word }) =>
    `The treaty says ${word}; use the kind ${word === 'denunciation' ? 'denunciation' : 'withdrawalFromTreaty'}.`,
  'withdrawal-too-early': ({ from }) => `Notice may be given from ${from} on.`,
  'second-notice': ({ who, given }) => `${who.name} gave notice on ${given} already.`,
  'revocation-without-notice': ({ who, date }) =>
    `${who.name} has no notice of denunciation or withdrawal on or before ${date}.`,
  'revocation-too-late': ({ who, effect }) =>
    `The notice took effect on ${effect}; after that ${who.name} may only consent anew.`,
  'instrument-withdrawal-after-entry-into-force': ({ who, inForce, word }) =>
    `The treaty is in force since ${inForce}; after that ${who.name} leaves by ${word ?? 'denunciation or withdrawal'}.`,
  'withdrawal-without-signature': ({ who, date }) =>
    `${who.name} has no signature on or before ${date} to withdraw.`,
  'confirmation-without-signature': ({ who, date }) =>
    `${who.name} has no signature ad referendum on or before ${date} to confirm.`,
  'late-reservation': ({ who, acted, date }) =>
    `${who.name} signed or consented on ${acted.join(' and ')}, not on ${date}; a late reservation stands only if nobody objects.`,
  'statement-before-act': ({ who, date }) =>
    `${who.name} has neither signed nor consented on or before ${date}; record that first.`,
};
