import { dateInWords as dateIn } from '#pages';
import {
  actionKinds,
  actionKindsInFrench,
  type ActionKind,
  type CalendarDate,
  type CirculatedText,
} from '#treaty';

/** `2026-11-01` → `1 November 2026`, `1er novembre 2026`: no two readings of a date. */
export const dateInWords = (date: CalendarDate): CirculatedText => ({
  en: dateIn(date, 'en'),
  fr: dateIn(date, 'fr'),
});

/** A kind of action as a notification's subject says it. */
export const actionInWords = (kind: ActionKind): CirculatedText => ({
  en: actionKinds[kind].label,
  fr: actionKindsInFrench[kind].label,
});

/** Sentences of depositary notifications, with `{words}` to be filled in, as the United Nations says them. */
export const sentences = {
  ofTheSecretaryGeneral: {
    en: 'The Secretary-General of the United Nations, acting in his capacity as depositary, communicates the following:',
    fr: 'Le Secrétaire général de l’Organisation des Nations Unies, agissant en sa qualité de dépositaire, communique :',
  },
  ofAnother: {
    en: '{depositary}, acting in its capacity as depositary, communicates the following:',
    fr: '{depositary}, agissant en qualité de dépositaire, communique :',
  },
  effected: {
    en: 'The above action was effected on {date}, with:',
    fr: 'L’action susmentionnée a été effectuée le {date}, avec :',
  },
  effectedOnDates: {
    en: 'The above actions were effected on the dates indicated, with:',
    fr: 'Les actions susmentionnées ont été effectuées aux dates indiquées, avec :',
  },
  participant: { en: 'Participant: {participant}', fr: 'Participant : {participant}' },
  row: { en: '{participant}: {action}, {date}', fr: '{participant} : {action}, {date}' },
  territory: { en: 'Territory: {territory}', fr: 'Territoire : {territory}' },
  text: { en: '{action}:', fr: '{action} :' },
  lateReservation: {
    en: 'In keeping with the depositary practice followed in similar cases, the depositary proposes to receive the reservation in question for deposit in the absence of any objection on the part of one of the contracting States, either to the deposit itself or to the procedure envisaged, within a period of twelve months from the date of the present notification.',
    fr: 'Conformément à la pratique suivie dans des cas analogues, le dépositaire se propose de recevoir en dépôt la réserve en question sauf objection de la part de l’un des États contractants, soit au dépôt lui-même soit à la procédure envisagée, dans un délai de douze mois à compter de la date de la présente notification.',
  },
  binds: {
    en: '{treaty} will enter into force for {participant} on {date}{under}.',
    fr: '{treaty} : entrée en vigueur pour {participant} le {date}{under}.',
  },
  enters: {
    en: 'On {met}, the conditions for the entry into force of {treaty} were met. Accordingly, it shall enter into force on {date}{under}.',
    fr: 'Le {met}, les conditions requises pour l’entrée en vigueur de l’instrument « {treaty} » ont été remplies. En conséquence, il entrera en vigueur le {date}{under}.',
  },
  leaves: {
    en: 'The action will take effect for {participant} on {date}{under}.',
    fr: 'L’action prendra effet pour {participant} le {date}{under}.',
  },
  under: {
    en: ' in accordance with its article {article}',
    fr: ' conformément à son article {article}',
  },
  corrects: {
    en: 'The record of the action of {participant} ({action}) is corrected as follows. {reason}',
    fr: 'L’enregistrement de l’action de {participant} ({action}) est corrigé comme suit. {reason}',
  },
  shouldRead: { en: '{field}: {now} (was: {was})', fr: '{field} : {now} (au lieu de : {was})' },
  annuls: {
    en: 'The record of the action of {participant} ({action}, {date}) is to be considered as not having been made. {reason}',
    fr: 'L’enregistrement de l’action de {participant} ({action}, {date}) est à considérer comme nul et non avenu. {reason}',
  },
  refersTo: {
    en: 'This corrigendum refers to depositary notification {notification}.',
    fr: 'Le présent rectificatif renvoie à la notification dépositaire {notification}.',
  },
  officialDate: {
    en: 'The date of entry into force of {treaty}{for} is {date}. {reason}',
    fr: 'La date d’entrée en vigueur de l’instrument « {treaty} »{for} est le {date}. {reason}',
  },
  forParticipant: { en: ' for {participant}', fr: ' pour {participant}' },
  errorFound: {
    en: 'It has been brought to the attention of the depositary that the text of {treaty} contains an error. The depositary proposes to rectify it as follows:',
    fr: 'L’attention du dépositaire a été appelée sur une erreur dans le texte de l’instrument « {treaty} ». Le dépositaire propose de le rectifier comme suit :',
  },
  unlessObjection: {
    en: 'Unless there is an objection from a signatory State or a contracting State, the depositary proposes to effect the correction. Any objection should be communicated no later than {date}.',
    fr: 'Sauf objection d’un État signataire ou d’un État contractant, le dépositaire se propose d’effectuer la correction. Toute objection doit être communiquée au plus tard le {date}.',
  },
  objectedTo: {
    en: 'On {date}, {participant} objected to the proposed rectification of the text.',
    fr: 'Le {date}, {participant} a fait objection à la rectification proposée du texte.',
  },
  rectified: {
    en: 'By {until}, the date on which the period for objections expired, no objection had been notified. Consequently, the depositary has effected the required correction on {date}, which applies ab initio. The procès-verbal of rectification reads:',
    fr: 'À la date du {until}, à laquelle le délai d’objection a expiré, aucune objection n’avait été notifiée. En conséquence, le dépositaire a effectué la correction requise le {date}, avec effet ab initio. Le procès-verbal de rectification se lit :',
  },
} as const satisfies Readonly<Record<string, CirculatedText>>;

/** Subjects where the kind of action does not say it. */
export const subjects = {
  entryIntoForce: { en: 'entry into force', fr: 'entrée en vigueur' },
  corrigendum: { en: 'Corrigendum', fr: 'Rectificatif' },
  officialDate: { en: 'Entry into force', fr: 'Entrée en vigueur' },
  proposal: { en: 'Proposal of correction of the text', fr: 'Proposition de correction du texte' },
  objection: {
    en: 'Objection to the proposed correction of the text',
    fr: 'Objection à la correction proposée du texte',
  },
  rectification: { en: 'Correction of the text', fr: 'Correction du texte' },
} as const satisfies Readonly<Record<string, CirculatedText>>;

export type Blanks = Readonly<Record<string, string | CirculatedText>>;

/** A sentence in both languages with its blanks filled. @throws Error for a blank nobody filled: a fault of the template */
export function filled(sentence: CirculatedText, blanks: Blanks = {}): CirculatedText {
  const fill = (language: 'en' | 'fr'): string =>
    sentence[language].replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
      const value = blanks[name];
      if (value === undefined) throw new Error(`Nothing fills {${name}} of a notification.`);
      return typeof value === 'string' ? value : value[language];
    });
  return { en: fill('en'), fr: fill('fr') };
}

/** Paragraphs one after the other, a blank line between them. */
export function paragraphs(...parts: readonly CirculatedText[]): CirculatedText {
  const joined = (language: 'en' | 'fr'): string =>
    parts.map((part) => part[language].trim()).join('\n\n');
  return { en: joined('en'), fr: joined('fr') };
}
