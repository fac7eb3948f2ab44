import type { InEveryLanguage, Language } from '#pages';
import type { CalendarEntry, LegalDateKind, ViewStates } from '#views';
import { actionLabel, nameOf, titleOf } from '../feeds/entry-words.ts';
import type { CalendarDay } from './icalendar.ts';

const kindWords: InEveryLanguage<Readonly<Record<LegalDateKind, string>>> = {
  en: {
    'entry-into-force': 'Entry into force',
    'signature-closes': 'Last day for signature',
    'party-from': 'Entry into force for',
    'party-until': 'No longer a party',
    'objections-until': 'Last day for objections to a reservation',
    'provisional-application': 'Provisional application begins',
    'provisional-application-ends': 'Provisional application ends',
  },
  fr: {
    'entry-into-force': 'Entrée en vigueur',
    'signature-closes': 'Dernier jour de la signature',
    'party-from': 'Entrée en vigueur pour',
    'party-until': "Cesse d'être partie",
    'objections-until': 'Dernier jour pour objecter à une réserve',
    'provisional-application': "Début de l'application provisoire",
    'provisional-application-ends': "Fin de l'application provisoire",
  },
};

export interface CalendarContext {
  readonly states: ViewStates;
  readonly language: Language;
  readonly origin: string;
}

/** An entry in words: what falls on the day, for whom, under which treaty, and where to read why. */
export function dayInWords(
  entry: CalendarEntry,
  { states, language, origin }: CalendarContext,
): CalendarDay {
  const { kind, treaty, participant, action, place } = entry;
  const record = states.treaties.byId.get(treaty)?.record;
  const title = record === undefined ? treaty : titleOf({ record }, language);
  const what = kindWords[language][kind];
  const register = states.participants.register;
  const name = participant === null ? null : nameOf(register, participant, entry.date, language);
  const about = [...(name === null ? [] : [name]), ...(place === null ? [] : [place])].join(', ');
  const colon = language === 'fr' ? '\u00A0:' : ':';
  const whose = about === '' ? '' : kind === 'party-from' ? ` ${about}` : ` (${about})`;
  const ordinal = action === null ? undefined : states.actions.byId.get(action)?.ordinal;
  const act = ordinal === undefined ? undefined : record?.actions[ordinal]?.current;
  const treatyAddress = `${origin}/treaties/${encodeURIComponent(treaty)}`;
  return {
    uid: entry.uid,
    date: entry.date,
    summary: `${what}${whose}${colon} ${title}`,
    description: [
      `${title} (${treaty})`,
      ...(act === undefined ? [] : [`${actionLabel(act.kind, language)}, ${act.date}`]),
      ...(act?.kind === 'reservation' && act.text !== null ? [act.text] : []),
      `${treatyAddress}/entry-into-force`,
    ].join('\n'),
    category: kind === 'party-from' ? kindWords[language]['entry-into-force'] : what,
    address: action === null ? treatyAddress : `${origin}/actions/${action}`,
    sequence: entry.sequence,
    createdAt: entry.createdAt,
    changedAt: entry.changedAt,
    cancelled: entry.cancelled,
  };
}
