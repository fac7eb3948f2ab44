import type { AnyEvent } from '#ledger';
import { dateInWords, type Language } from '#pages';
import {
  actionKinds,
  actionKindsInFrench,
  participantOf,
  type ActionKind,
  type ParticipantRegister,
} from '#treaty';
import type { ViewStates } from '#views';
import { followsFromElsewhere, type Occurrence } from '../occurrences/occurrence.ts';

/** The name of a participant in a language; its code where none is recorded. */
export function nameOf(register: ParticipantRegister, code: string, language: Language): string {
  const known = participantOf(register, code);
  if (known === null) return code;
  return (language === 'fr' ? known.nameFr : null) ?? known.name;
}

/** The treaty's title in a language; its number where it has none. */
export function titleOf(states: ViewStates, treaty: string | null, language: Language): string {
  const registered = states.treaties.byId.get(treaty ?? '')?.record.registered;
  if (registered == null) return treaty ?? '';
  return (language === 'fr' ? registered.titleFr : null) ?? registered.title;
}

/** The name of a kind of action in a language. */
export const labelOf = (kind: ActionKind, language: Language): string =>
  (language === 'fr' ? actionKindsInFrench : actionKinds)[kind].label;

/**
 * One occurrence in a sentence, for mail and for people who read webhooks; with a second one on the event that it
 * follows from, where that is of another treaty or of participants.
 * @param named the treaty by its title, or by its number where there is little room, and then without the second
 */
export function sentenceOf(
  occurrence: Occurrence,
  states: ViewStates,
  language: Language,
  named: 'title' | 'number' = 'title',
): string {
  const said = whatIsSaid(occurrence, states, language, named);
  const { recorded } = occurrence;
  if (recorded === null || named === 'number' || !followsFromElsewhere(occurrence)) return said;
  const { event } = recorded;
  const other = 'treaty' in event ? titleOf(states, event.treaty, language) : '';
  const cause = sentenceOfEvent(event, states, language, other);
  return `${said} ${language === 'en' ? 'This follows from:' : 'Cela résulte de ce qui suit :'} ${cause}`;
}

function whatIsSaid(
  occurrence: Occurrence,
  states: ViewStates,
  language: Language,
  named: 'title' | 'number',
): string {
  const treaty =
    named === 'number' ? (occurrence.treaty ?? '') : titleOf(states, occurrence.treaty, language);
  const english = language === 'en';
  switch (occurrence.what) {
    case 'action':
    case 'notification':
    case 'register':
      return sentenceOfEvent(occurrence.recorded.event, states, language, treaty);
    case 'count': {
      const { before, after, required } = occurrence;
      return english
        ? `${treaty}: ${after} of ${required} instruments are deposited (before: ${before}).`
        : `${treaty} : ${after} instruments déposés sur ${required} (auparavant : ${before}).`;
    }
    case 'entry-into-force': {
      const { date, days } = occurrence;
      const when = dateInWords(date, language);
      if (days === 0)
        return english
          ? `${treaty} enters into force today, ${when}.`
          : `${treaty} entre en vigueur aujourd'hui, ${when}.`;
      return english
        ? `${treaty} enters into force on ${when}, in ${inDays(days, language)}.`
        : `${treaty} entre en vigueur le ${when}, dans ${inDays(days, language)}.`;
    }
    case 'signature-closes': {
      const { date, days } = occurrence;
      const when = dateInWords(date, language);
      return english
        ? `${treaty} is open for signature until ${when}, for ${inDays(days, language)} more.`
        : `${treaty} est ouvert à la signature jusqu'au ${when}, encore ${inDays(days, language)}.`;
    }
  }
}

const inDays = (days: number, language: Language): string =>
  language === 'en'
    ? `${days} ${days === 1 ? 'day' : 'days'}`
    : `${days} ${days < 2 ? 'jour' : 'jours'}`;

function sentenceOfEvent(
  event: AnyEvent,
  states: ViewStates,
  language: Language,
  treaty: string,
): string {
  const english = language === 'en';
  const colon = english ? ':' : ' :';
  const { register } = states.participants;
  switch (event.type) {
    case 'actionRecorded': {
      const what = `${nameOf(register, event.participant, language)}, ${labelOf(event.kind, language)}`;
      return `${treaty}${colon} ${what}, ${dateInWords(event.date, language)}.`;
    }
    case 'actionCorrected':
    case 'actionAnnulled': {
      const { current } = actionIn(states, event.treaty, event.action) ?? {};
      const what =
        current === undefined
          ? event.action
          : `${nameOf(register, current.participant, language)}, ${labelOf(current.kind, language)}, ${dateInWords(current.date, language)}`;
      const corrected = event.type === 'actionCorrected';
      if (english)
        return `${treaty}: the record ${corrected ? 'is corrected' : 'is annulled, it never took place'}: ${what}.`;
      return `${treaty} : l'inscription est ${corrected ? 'corrigée' : "annulée, l'acte n'a jamais eu lieu"} : ${what}.`;
    }
    case 'depositaryNotificationIssued':
      return `${event.notification}${colon} ${event.subject[language]}`;
    case 'officialDateRecorded': {
      const when = dateInWords(event.date, language);
      return english
        ? `${treaty}: the depositary recorded ${when} as the official date of entry into force.`
        : `${treaty} : le dépositaire a inscrit le ${when} comme date officielle d'entrée en vigueur.`;
    }
    case 'treatyRegistered':
      return english ? `${treaty}: registered.` : `${treaty} : inscrit au registre.`;
    case 'finalClausesRecorded':
      return english
        ? `${treaty}: final clauses recorded.`
        : `${treaty} : clauses finales inscrites.`;
    case 'textRectified':
      return english
        ? `${treaty}: the text was rectified.`
        : `${treaty} : le texte a été rectifié.`;
    default:
      return english
        ? 'The register of participants was changed.'
        : 'Le registre des participants a été modifié.';
  }
}

/** An action of a treaty as the register has it now. */
export const actionIn = (states: ViewStates, treaty: string, action: string) =>
  states.treaties.byId.get(treaty)?.record.actions.find(({ first }) => first.action === action);
