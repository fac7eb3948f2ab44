import { datesWrittenOut, type FormFault } from '#pages';
import { articleInFrench } from '#treaty';
import type { DeskCode, DeskRefused, LawFault } from '../cases/desk-refused.ts';
import { formItems, type FormFault as CaseFault } from '../cases/due-form.ts';
import { controlOf } from './case-fields.ts';
import { participantInWords } from './case-words.tsx';
import { quoted, saidOf, type DeskContext } from './desk-context.ts';

/** A fault of a case as a page tells it, with the article where it is the law's. */
export interface ToldFault extends FormFault {
  readonly isLaw: boolean;
  /** As the language of the page cites it. */
  readonly article: string | null;
  readonly overridable: boolean;
  /** Whether there are no other words for it on a page in another language. */
  readonly inEnglish?: boolean;
}

/** A citation in the language of the page. */
export const articleIn = ({ language }: DeskContext, article: string): string =>
  language === 'fr' ? articleInFrench(article) : article;

/** The name of a field of a case as its form labels it. */
export function labelOf(context: DeskContext, field: string): string {
  const { said, language } = context;
  const act = /^acts\[(\d+)\]\.(\w+)$/.exec(field);
  if (act !== null) {
    const label = said.correction.fields[act[2] ?? ''] ?? act[2] ?? '';
    return act[1] === '0' ? label : `${Number(act[1]) + 1}. ${label}`;
  }
  if (field.startsWith('changes.')) return said.correction.fields[field.slice(8)] ?? field;
  if (field.startsWith('form.')) {
    const item = formItems.find(({ id }) => `form.${id}` === field);
    return item?.[language] ?? field;
  }
  const plain: Readonly<Record<string, string>> = {
    action: said.correction.action,
    reason: said.correction.reason,
    rectification: said.correction.rectification,
    text: said.correction.fields['text'] ?? 'text',
    date: said.correction.fields['date'] ?? 'date',
    participant: said.form.participant,
  };
  return plain[field] ?? field;
}

/** What the desk says of a draft's field, in the language of the page. */
function wordsOf(context: DeskContext, detail: string): string | null {
  const { faults } = context.said;
  if (detail === 'is missing') return faults.missing;
  if (detail.startsWith('must be a calendar date')) return faults.date;
  if (detail.startsWith('must be a kind of action')) return faults.kind;
  if (detail.startsWith('is not answered')) return faults.notAnswered;
  if (detail.includes('needs a remark')) return faults.needsRemark;
  if (detail.startsWith('upload the full powers')) return faults.fullPowers;
  if (detail.startsWith('cannot be corrected')) return faults.fixed;
  if (detail === 'must be a text') return faults.text;
  return null;
}

/** A sentence of the law in the language of the page. */
function toldByLaw(context: DeskContext, fault: LawFault): ToldFault {
  const { language } = context;
  const { field, article, overridable } = fault;
  const sentence = language === 'fr' ? fault.detailFr : fault.detail;
  return {
    field: controlOf(field),
    sentence: datesWrittenOut(sentence, language),
    isLaw: true,
    article: article === null ? null : articleIn(context, article),
    overridable,
  };
}

function toldFault(context: DeskContext, { field, detail }: CaseFault): ToldFault {
  const { faults } = context.said;
  const sentence = (text: string): ToldFault => ({
    field: controlOf(field),
    sentence: text,
    isLaw: false,
    article: null,
    overridable: false,
  });
  if (detail === 'has no act yet') return sentence(`${faults.noAct}.`);
  if (detail === 'names no field to correct') return sentence(`${faults.noChange}.`);
  if (detail === 'a ceremony has signatures only') return sentence(`${faults.onlySignatures}.`);
  const words = wordsOf(context, detail);
  // A question of the checklist is a sentence of its own.
  const label = field.startsWith('form.')
    ? quoted(context, labelOf(context, field))
    : labelOf(context, field);
  if (words === null) return { ...sentence(`${label}: ${detail}.`), inEnglish: true };
  return sentence(
    words === faults.fullPowers ? `${saidOf(context, label, words)}.` : `${label} ${words}.`,
  );
}

const isDeskCode = ({ said }: DeskContext, code: string): code is DeskCode =>
  Object.hasOwn(said.refusals, code);

/** Why the desk refused, in the language of the page: in the words of its pages where they have any. */
export function sentenceOf(context: DeskContext, { code, message, inFrench }: DeskRefused): string {
  const { said, language } = context;
  if (isDeskCode(context, code)) return said.refusals[code];
  const sentence = language === 'fr' ? (inFrench ?? message) : message;
  return datesWrittenOut(sentence, language);
}

/** Everything that the desk refuses a case for, each at its control; one fault an address, the first. */
export function faultsOf(context: DeskContext, refused: DeskRefused): ToldFault[] {
  const { faults, field, code } = refused;
  const told: ToldFault[] =
    faults.length > 0
      ? faults.map((fault) =>
          'detailFr' in fault ? toldByLaw(context, fault) : toldFault(context, fault),
        )
      : [
          {
            field: controlOf(field ?? 'kind'),
            sentence: sentenceOf(context, refused),
            isLaw: !isDeskCode(context, code),
            article: null,
            overridable: false,
          },
        ];
  return told.filter(
    (fault, index) =>
      told.findIndex(
        ({ field: id, sentence }) => id === fault.field && sentence === fault.sentence,
      ) === index,
  );
}

/** Participants that the register does not know, in the acts of a draft: told as soon as they are saved. */
export function unknownParticipants(
  context: DeskContext,
  acts: readonly { readonly participant?: string | null }[],
): FormFault[] {
  return acts.flatMap(({ participant }, index) => {
    if (participant == null || Object.hasOwn(context.participants.byCode, participant)) return [];
    const words = participantInWords(context, participant).slice(0, 60);
    return [
      {
        field: `act-${index}-participant`,
        sentence: `${quoted(context, words)} ${context.said.form.unknownParticipant}.`,
      },
    ];
  });
}
