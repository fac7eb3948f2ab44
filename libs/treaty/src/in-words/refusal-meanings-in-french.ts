import type { RefusalCode } from '../refusal-facts.ts';

/** What the code of each refusal means, in French; in English the catalogue of refusals says it. */
export const refusalMeaningsInFrench: Readonly<Record<RefusalCode, string>> = {
  'treaty-not-registered': 'Le traité n’est pas au registre.',
  'treaty-already-registered':
    'Un traité portant cet identifiant est au registre avec d’autres données.',
  'invalid-treaty-id': 'L’identifiant ne peut pas être celui d’un traité.',
  'unknown-participant': 'Aucun participant n’a ce code.',
  'unknown-action': 'Le traité n’a aucun acte de cet identifiant.',
  'action-annulled': 'L’inscription de cet acte a été annulée.',
  'blank-reason': 'Une raison est nécessaire, et elle manque.',
  'incomplete-notification':
    'Une notification du dépositaire a un objet et un texte dans les deux langues de communication.',
  'unknown-notification': 'Aucune notification du dépositaire ne porte ce numéro.',
  'unknown-rectification': 'Aucune rectification de ce genre n’a été proposée.',
  'objection-out-of-time': 'L’objection a été faite hors du délai prévu.',
  'rectification-objected': 'Une objection a été faite à la rectification.',
  'objection-period-running': 'Le délai d’objection à la rectification n’a pas expiré.',
  'date-in-future': 'On inscrit ce qui a eu lieu ; la date n’est pas encore venue.',
  'missing-text': 'Les actes de cette nature consistent en un texte.',
  'missing-territory': 'Les actes de cette nature désignent un territoire.',
  'missing-related-action': 'Les actes de cette nature se rapportent à un autre.',
  'unknown-related-action': 'L’acte auquel celui-ci se rapporte n’est pas inscrit pour ce traité.',
  'wrong-related-action':
    'L’acte auquel celui-ci se rapporte n’est pas de la nature, ou n’est pas du participant, auxquels il peut se rapporter.',
  'official-date-before-deposit':
    'La date officielle d’un participant ne peut pas précéder son consentement à être lié.',
  'date-before-adoption': 'L’acte est daté d’avant l’adoption du texte.',
  'participant-not-existing-on-date': 'Le participant n’existait pas à cette date.',
  'instrument-after-deposit': 'L’instrument est daté d’après son dépôt.',
  'effect-date-not-allowed':
    'Seules une succession ou une notification de dénonciation ou de retrait fixent la date de leur effet.',
  'only-for-organizations':
    'La confirmation formelle et les déclarations de compétence sont des actes d’organisations.',
  'not-for-organizations':
    'Une organisation n’accomplit pas cet acte ; elle confirme formellement, ou adhère.',
  'not-for-territories': 'Un territoire n’agit pas en son nom dans un traité.',
  'signature-outside-window': 'Le traité n’est pas ouvert à la signature à cette date.',
  'signature-at-wrong-place': 'Le traité est ouvert à la signature en un autre lieu à cette date.',
  'second-signature': 'Le participant a déjà signé.',
  'second-consent': 'Le participant a déjà consenti à être lié.',
  'accession-by-signatory':
    'Un signataire ratifie, accepte ou approuve ; l’adhésion est ouverte à ceux qui n’ont pas signé.',
  'ratification-without-signature':
    'La ratification, l’acceptation et l’approbation suivent une signature ; sans elle, c’est l’adhésion.',
  'accession-not-open': 'Le traité n’est pas ouvert à l’adhésion à cette date.',
  'reio-before-member':
    'Une organisation régionale d’intégration économique n’agit qu’après l’un de ses États membres.',
  'withdrawal-without-instrument':
    'Seul un participant qui a consenti à être lié peut dénoncer le traité ou s’en retirer.',
  'withdrawal-word': 'Le traité emploie l’autre mot pour celui qui le quitte.',
  'withdrawal-too-early': 'Le traité ne permet pas encore cette notification.',
  'second-notice': 'Une notification de dénonciation ou de retrait est déjà en cours.',
  'revocation-without-notice': 'Il n’y a aucune notification en cours à révoquer.',
  'revocation-too-late': 'La notification a pris effet ; ce qui a cessé ne se révoque plus.',
  'instrument-withdrawal-after-entry-into-force':
    'Après l’entrée en vigueur, un participant quitte le traité par la dénonciation ou le retrait.',
  'withdrawal-without-signature': 'Il n’y a aucune signature à retirer.',
  'confirmation-without-signature': 'Il n’y a aucune signature ad referendum à confirmer.',
  'late-reservation': 'Une réserve se formule au moment de signer ou de consentir à être lié.',
  'statement-before-act': 'Le participant n’a ni signé ni consenti à être lié à cette date.',
};
