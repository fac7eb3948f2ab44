import { dateInWords, type InEveryLanguage, type Language } from '#pages';
import {
  participantNameOn,
  participantOf,
  type ActionKind,
  type CalendarDate,
  type EntryIntoForceState,
  type ParticipantRegister,
  type ParticipantStatus,
} from '#treaty';
import type { EventEffect, FeedEntry, ForceInBrief } from '#views';
import { kindName } from '../pages/action-words.tsx';

const statusWords: InEveryLanguage<Readonly<Record<ParticipantStatus, string>>> = {
  en: {
    signatory: 'signatory',
    'contracting-state': 'contracting State',
    party: 'party',
    'former-party': 'former party',
    none: 'no status',
  },
  fr: {
    signatory: 'signataire',
    'contracting-state': 'État contractant',
    party: 'partie',
    'former-party': 'ancienne partie',
    none: 'aucun statut',
  },
};

const stateWords: InEveryLanguage<Readonly<Record<EntryIntoForceState, string>>> = {
  en: {
    pending: 'pending',
    fixed: 'fixed',
    'in-force': 'in force',
    ceased: 'no longer in force',
    unknown: 'not computed',
  },
  fr: {
    pending: 'en attente',
    fixed: 'fixée',
    'in-force': 'en vigueur',
    ceased: "n'est plus en vigueur",
    unknown: 'non calculée',
  },
};

/** `Accession`, `Adhésion`. */
export function actionLabel(kind: ActionKind, language: Language): string {
  return kindName(kind, language);
}

/** The name a participant bore on a date, in a language that has one; else its code. */
export function nameOf(
  register: ParticipantRegister,
  code: string,
  date: CalendarDate,
  language: Language,
): string {
  const participant = participantOf(register, code);
  if (participant === null) return code;
  const borne = participant.names.findLast(({ from }) => from === null || from <= date);
  return language === 'fr'
    ? (borne?.nameFr ?? participant.nameFr ?? participant.name)
    : participantNameOn(participant, date);
}

/** The treaty's title in a language that has one. */
export function titleOf({ record }: Pick<FeedEntry, 'record'>, language: Language): string {
  const { title, titleFr } = record.registered ?? { title: record.treaty, titleFr: null };
  return language === 'fr' ? (titleFr ?? title) : title;
}

const forceInWords = ({ state, date }: ForceInBrief, language: Language): string =>
  `${stateWords[language][state]}${date === undefined ? '' : ` (${dateInWords(date, language)})`}`;

const colon = { en: ':', fr: '\u00A0:' } as const;

/** What an event changed, a sentence each; nothing where it changed nothing. */
export function effectInWords(
  { status, entryIntoForce, changes }: EventEffect,
  name: string | null,
  language: Language,
): string[] {
  const { before, after } = entryIntoForce;
  const lines = changes.map(
    (change) =>
      `${change.field}${colon[language]} ${valueInWords(change.before)} → ${valueInWords(change.after)}`,
  );
  if (status !== null && status.before !== status.after)
    lines.push(
      `${name ?? ''}${colon[language]} ${statusWords[language][status.before]} → ${statusWords[language][status.after]}`,
    );
  const counted = { en: 'Instruments that count', fr: 'Instruments comptés' }[language];
  const of = { en: 'of', fr: 'sur' }[language];
  if (before.counted !== after.counted)
    lines.push(
      `${counted}${colon[language]} ${before.counted} → ${after.counted}${after.required === null ? '' : ` ${of} ${after.required}`}`,
    );
  const force = { en: 'Entry into force', fr: 'Entrée en vigueur' }[language];
  if (before.state !== after.state || before.date !== after.date)
    lines.push(
      `${force}${colon[language]} ${forceInWords(before, language)} → ${forceInWords(after, language)}`,
    );
  return lines;
}

const valueInWords = (value: unknown): string => (typeof value === 'string' ? value : '–');
