import type { VNode } from 'preact';
import {
  dateInWords,
  datesWrittenOut,
  dateWithWeekday,
  type Choice,
  type ChoiceGroup,
  type Tone,
} from '#pages';
import {
  actionKinds,
  isCalendarDate,
  type ActionFamily,
  type ActionKind,
  type RecordedAction,
} from '#treaty';
import type { CaseFile, CaseState, Hand } from '../cases/case-file.ts';
import { actionInWords } from '../notifications/wording.ts';
import { isActionKind } from './case-fields.ts';
import { nameOf, saidOf, type DeskContext } from './desk-context.ts';

/** A kind of action in the language of the page; words that are none as they were typed. */
export const kindIn = ({ language }: DeskContext, kind: string | null | undefined): string =>
  isActionKind(kind) ? actionInWords(kind)[language] : (kind ?? '');

/** A participant with its code, so that nobody is taken for another; words that name none as they were typed. */
export function participantInWords(context: DeskContext, code: string | null | undefined): string {
  if (code == null || code === '') return '';
  return Object.hasOwn(context.participants.byCode, code)
    ? `${nameOf(context, code)} (${code})`
    : code;
}

/** A date with its weekday; what is no date as it was typed. */
export function dateIn(context: DeskContext, date: string | null | undefined): string {
  if (date == null) return '';
  return isCalendarDate(date) ? dateWithWeekday(date, context.language) : date;
}

/** What a case is about, in one line: `France: Ratification`. */
export function caseInWords(context: DeskContext, { kind, content }: CaseFile): string {
  const { said } = context;
  const [act] = content.acts ?? [];
  if (kind === 'ceremony') {
    const signed = (content.acts ?? []).filter(({ participant }) => participant != null).length;
    return saidOf(context, said.kinds.ceremony, said.ceremony.filled(signed));
  }
  const who = act?.participant ?? content.participant;
  const what = kind === 'instrument' ? kindIn(context, act?.kind) : said.kinds[kind];
  const name = who == null ? '' : participantInWords(context, who).replace(/ \([^)]*\)$/, '');
  return name === '' ? what : saidOf(context, name, what);
}

/** An action on record, in one line. */
export function actionLine(context: DeskContext, { current }: RecordedAction): string {
  const name = nameOf(context, current.participant);
  const date = dateInWords(current.date, context.language);
  return saidOf(context, name, `${kindIn(context, current.kind)}, ${date}`);
}

/** Who did something with a case: an officer by name, or the register itself. */
export const handIn = ({ said }: DeskContext, { subject, name }: Hand): string =>
  subject === 'register' ? said.history.register : name;

/** Why a case came back: as the officer wrote it, or in the language of the page where the register did. */
export function reasonIn(
  { language }: DeskContext,
  { reason, reasonFr }: { readonly reason: string; readonly reasonFr?: string },
): string {
  if (reasonFr === undefined) return reason;
  return datesWrittenOut(language === 'fr' ? reasonFr : reason, language);
}

const tones: Readonly<Record<CaseState, Tone>> = {
  draft: 'info',
  queried: 'warn',
  submitted: 'warn',
  scheduled: 'info',
  approved: 'info',
  recorded: 'good',
  closed: 'good',
  withdrawn: 'bad',
};

/** In what state a case is. */
export function StateTag(props: {
  readonly context: DeskContext;
  readonly state: CaseState;
}): VNode {
  const { context, state } = props;
  return <span class={`tag ${tones[state]}`}>{context.said.states[state]}</span>;
}

/** Kinds of action in groups, for a list to choose from. */
export function kindGroups(
  context: DeskContext,
  kinds = Object.keys(actionKinds) as ActionKind[],
): ChoiceGroup[] {
  const { families } = context.said;
  const order: readonly ActionFamily[] = [
    'consent',
    'signature',
    'signature-and-consent',
    'statement',
    'territory',
    'provisional-application',
    'withdrawal-from-treaty',
    'withdrawal-of-act',
  ];
  return order.flatMap((family): ChoiceGroup[] => {
    const choices = kinds
      .filter((kind) => actionKinds[kind].family === family)
      .map((kind): Choice => ({ value: kind, label: kindIn(context, kind) }));
    return choices.length === 0 ? [] : [{ label: families[family], choices }];
  });
}

/** Every name under which the register knows a participant, for a list of suggestions. */
export function participantChoices({ participants, language }: DeskContext): Choice[] {
  return Object.values(participants.byCode).flatMap((one) => {
    const names = [one.name, one.nameFr, ...one.alsoKnownAs].filter((name) => name !== null);
    const shown = language === 'fr' ? (one.nameFr ?? one.name) : one.name;
    return [...new Set(names)].map((value) => ({
      value,
      label: value === shown ? one.code : `${shown}, ${one.code}`,
    }));
  });
}
