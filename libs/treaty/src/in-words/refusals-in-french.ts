import type { ActionKind } from '../action-kinds.ts';
import type { SignatureWindow } from '../final-clauses.ts';
import type { RefusalSentences, Who } from '../refusal-facts.ts';
import { actionKindsInFrench } from './action-kinds.fr.ts';
import { listed } from './french.ts';

/**
 * The name, then what is said of its bearer: the register knows neither the article nor the gender of a name
 * ("la France", "le Japon", "Cuba"), so no sentence is built around one.
 */
const of = ({ name, nameFr }: Who, sentence: string): string => `${nameFr ?? name} : ${sentence}`;
const quoted = (kind: ActionKind): string => `« ${actionKindsInFrench[kind].label} »`;
const lower = (kind: ActionKind): string => actionKindsInFrench[kind].label.toLowerCase();

const window = ({ place, from, until }: SignatureWindow): string => {
  const end = until === 'entry-into-force' ? 'jusqu’à son entrée en vigueur' : `au ${until}`;
  const when = until === null ? `à partir du ${from}` : `du ${from} ${end}`;
  return place === null ? `${when}, en tout lieu` : `${when} (${place})`;
};

/**
 * Why the law refuses, in French, with the words of the French text of the Vienna Convention on the Law of
 * Treaties. Dates are written YYYY-MM-DD, as in English: pages write them out.
 */
export const refusalsInFrench: RefusalSentences = {
  'treaty-not-registered': ({ treaty }) =>
    `Le traité ${treaty} n’est pas au registre ; inscrivez-le d’abord, ou vérifiez son identifiant.`,
  'treaty-already-registered': ({ treaty, title, titleFr }) =>
    `${treaty} est déjà au registre, sous le titre « ${titleFr ?? title} ».`,
  'invalid-treaty-id': () =>
    'L’identifiant d’un traité compte de 1 à 64 lettres, chiffres, points et traits d’union, et commence par une lettre ou un chiffre, par exemple XVIII-16.',
  'unknown-participant': ({ code, acts }) =>
    acts
      ? `Aucun participant n’a le code ${code} ; utilisez le code ISO 3166-1 alpha-3 d’un État, ou EUE pour l’Union européenne.`
      : `Aucun participant n’a le code ${code}.`,
  'unknown-action': ({ action, treaty }) =>
    `Le traité n’a aucun acte ${action} ; /treaties/${treaty}/actions en donne la liste.`,
  'action-annulled': ({ because }) => `L’inscription de cet acte a été annulée : ${because}`,
  'blank-reason': () => 'Dites pourquoi, en une phrase : la raison reste avec l’inscription.',
  'incomplete-notification': () =>
    'Une notification est communiquée en anglais et en français : donnez-en l’objet et le texte dans les deux langues.',
  'unknown-notification': ({ notification }) =>
    `Aucune notification ne porte le numéro ${notification} ; un rectificatif nomme celle qu’il rectifie.`,
  'unknown-rectification': ({ rectification }) =>
    `Aucune rectification ${rectification} de ce traité n’a été proposée ; proposez-la d’abord.`,
  'objection-out-of-time': ({ from, until, rectified, date }) =>
    `Les objections valent du ${from} au ${until}${rectified === null ? '' : `, et le texte a été rectifié le ${rectified}`} ; le ${date} est hors de ce délai.`,
  'rectification-objected': ({ who, date }) =>
    of(
      who,
      `une objection a été faite le ${date} ; au lieu de rectifier, communiquez-la aux États signataires et aux États contractants.`,
    ),
  'objection-period-running': ({ until }) =>
    `Une objection peut être faite jusqu’au ${until} ; le procès-verbal se dresse après ce jour.`,
  'date-in-future': ({ date, today }) =>
    today === null
      ? `Le ${date} n’est pas encore venu.`
      : `Le ${date} n’est pas encore venu (nous sommes le ${today}) ; inscrivez l’acte quand il aura eu lieu.`,
  'missing-text': (facts) => {
    if (facts.of === 'error in the text')
      return 'Dites quels mots sont à remplacer, et par lesquels.';
    if (facts.of === 'procès-verbal') return 'Donnez le texte du procès-verbal de rectification.';
    return `${quoted(facts.of)} : cet acte consiste en un texte ; donnez-le.`;
  },
  'missing-territory': ({ kind }) =>
    `${quoted(kind)} : cet acte désigne un territoire ; indiquez-le.`,
  'missing-related-action': ({ kind }) =>
    `${quoted(kind)} : cet acte se rapporte à un autre ; indiquez lequel.`,
  'unknown-related-action': ({ action, treaty }) =>
    `Le traité n’a aucun acte ${action} ; /treaties/${treaty}/actions en donne la liste.`,
  'wrong-related-action': ({ kind, mayBe, whose, found }) =>
    `${quoted(kind)} : cet acte se rapporte à un acte antérieur ${whose === 'same' ? 'du même participant' : 'd’un autre participant'} (${listed(mayBe.map(lower))}) ; celui-ci est : ${lower(found.kind)}, ${found.who.nameFr ?? found.who.name}, ${found.date}.`,
  'official-date-before-deposit': ({ who, deposited, date }) =>
    of(
      who,
      `le consentement à être lié est du ${deposited} ; le ${date} le précède, vérifiez donc les deux dates.`,
    ),
  'date-before-adoption': ({ date, adopted }) =>
    `Le ${date} précède l’adoption du traité, le ${adopted} ; vérifiez la date.`,
  'participant-not-existing-on-date': ({ who, date, ...dates }) =>
    of(
      who,
      `ce participant ${'until' in dates ? `a cessé d’exister le ${dates.until}` : `existe depuis le ${dates.since}`} ; le ${date}, c’en était un autre.`,
    ),
  'instrument-after-deposit': ({ date, ...dates }) =>
    'dateOfReceipt' in dates
      ? `L’instrument a été reçu le ${dates.dateOfReceipt}, après l’acte du ${date} ; vérifiez les deux dates.`
      : `L’instrument est daté du ${dates.dateOfInstrument}, après l’acte du ${date} ; vérifiez les deux dates.`,
  'effect-date-not-allowed': () =>
    'La date d’effet de cet acte découle des clauses finales ; n’en indiquez aucune.',
  'only-for-organizations': ({ kind, who }) =>
    of(who, `ce participant est un État, et ${quoted(kind)} est l’acte d’une organisation.`),
  'not-for-organizations': ({ kind, who }) =>
    of(who, `ce participant est une organisation, et ${quoted(kind)} est l’acte d’un État.`),
  'not-for-territories': ({ who }) =>
    of(
      who,
      'c’est un territoire ; inscrivez l’acte de l’État qui en est responsable et désignez-y le territoire.',
    ),
  'signature-outside-window': ({ date, windows }) =>
    `Le traité n’est pas ouvert à la signature le ${date} ; il l’est ${windows.map(window).join(' ; ')}.`,
  'signature-at-wrong-place': ({ date, open, place }) =>
    `Le lieu indiqué est ${place} ; le ${date}, le traité est ouvert à la signature en un autre lieu : ${open.join(' ou ')}.`,
  'second-signature': ({ who, signed }) => of(who, `ce participant a déjà signé, le ${signed}.`),
  'second-consent': ({ who, consented, ...consent }) => {
    if (consent.stands === 'after')
      return of(
        who,
        `un consentement du ${consented} est inscrit, et celui-ci, du ${consent.date}, prendrait sa place ; si l’inscription est erronée, corrigez-la ou annulez-la.`,
      );
    const already = `ce participant a déjà consenti à être lié, le ${consented}`;
    return consent.stands === 'on'
      ? of(who, `${already}.`)
      : of(
          who,
          `${already}, et sa notification ne prend effet que le ${consent.until} ; il la révoque, ou consent de nouveau à partir de ce jour.`,
        );
  },
  'accession-by-signatory': ({ who, signed }) =>
    of(
      who,
      `ce participant a signé le ${signed} ; il ratifie donc, accepte ou approuve, car l’adhésion est ouverte à ceux qui n’ont pas signé.`,
    ),
  'ratification-without-signature': ({ who, date }) =>
    of(
      who,
      `aucune signature jusqu’au ${date} inclus ; sans elle, le consentement à être lié s’exprime par l’adhésion.`,
    ),
  'accession-not-open': (facts) =>
    facts.opens === 'on entry into force'
      ? 'L’adhésion est ouverte à partir de l’entrée en vigueur du traité ; jusque-là, les États signent.'
      : `L’adhésion est ouverte une fois la signature close, après ${facts.signatureUntil === null ? 'un jour qui n’est pas encore connu' : `le ${facts.signatureUntil}`}.`,
  'reio-before-member': ({ who, date, act }) =>
    of(
      who,
      `aucun État membre n’a ${act === 'signature' ? 'signé' : 'consenti à être lié'} jusqu’au ${date} inclus ; inscrivez d’abord l’acte d’un membre.`,
    ),
  'withdrawal-without-instrument': (facts) =>
    facts.of === 'instrument'
      ? of(
          facts.who,
          `aucun instrument n’a été déposé jusqu’au ${facts.date} inclus, il n’y a donc rien à retirer.`,
        )
      : of(
          facts.who,
          `aucun consentement à être lié n’est en vigueur le ${facts.date}, il n’y a donc ni dénonciation ni retrait ; pour une signature, choisissez ${quoted('withdrawalOfSignature')}.`,
        ),
  'withdrawal-word': ({ word }) =>
    word === 'denunciation'
      ? `Le traité parle de dénonciation ; choisissez ${quoted('denunciation')}.`
      : `Le traité parle de retrait ; choisissez ${quoted('withdrawalFromTreaty')}.`,
  'withdrawal-too-early': ({ from }) => `La notification peut être faite à partir du ${from}.`,
  'second-notice': ({ who, given }) => of(who, `une notification a déjà été faite, le ${given}.`),
  'revocation-without-notice': ({ who, date }) =>
    of(who, `aucune notification de dénonciation ou de retrait jusqu’au ${date} inclus.`),
  'revocation-too-late': ({ who, effect }) =>
    of(
      who,
      `la notification a pris effet le ${effect} ; depuis, ce participant ne peut que consentir de nouveau.`,
    ),
  'instrument-withdrawal-after-entry-into-force': ({ who, inForce, word }) => {
    const ways = { denunciation: 'la dénonciation', withdrawal: 'le retrait du traité' };
    return of(
      who,
      `le traité est en vigueur depuis le ${inForce} ; ce participant le quitte désormais par ${word === null ? 'la dénonciation ou le retrait' : ways[word]}.`,
    );
  },
  'withdrawal-without-signature': ({ who, date }) =>
    of(who, `aucune signature à retirer jusqu’au ${date} inclus.`),
  'confirmation-without-signature': ({ who, date }) =>
    of(who, `aucune signature ad referendum à confirmer jusqu’au ${date} inclus.`),
  'late-reservation': ({ who, acted, date }) =>
    of(
      who,
      `la signature ou le consentement est du ${acted.join(' et du ')}, non du ${date} ; une réserve tardive ne vaut que si nul n’y fait objection.`,
    ),
  'statement-before-act': ({ who, date }) =>
    of(
      who,
      `ni signature ni consentement jusqu’au ${date} inclus ; inscrivez d’abord l’un ou l’autre.`,
    ),
};
