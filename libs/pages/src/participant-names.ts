import type { CalendarDate, Participant, ParticipantRegister } from '#treaty';
import type { Language } from './language.ts';

/** The name that a participant bore on a date, in the language; the English one where no other is recorded. */
export function nameOn(participant: Participant, date: CalendarDate, language: Language): string {
  const borne =
    participant.names.findLast(({ from }) => from === null || from <= date) ?? participant.names[0];
  const english = borne?.name ?? participant.name;
  if (language === 'en') return english;
  return borne?.nameFr ?? (english === participant.name ? participant.nameFr : null) ?? english;
}

/** The name behind a code; the code itself for one that nobody registered. */
export function nameOfCode(
  { byCode }: ParticipantRegister,
  code: string,
  date: CalendarDate,
  language: Language,
): string {
  const participant = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  return participant === undefined ? code : nameOn(participant, date, language);
}
