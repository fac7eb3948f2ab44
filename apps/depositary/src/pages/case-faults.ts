import { dateInWords, type FormFault, type Language } from '#pages';
import { isCalendarDate } from '#treaty';
import type { DeskRefused } from '../cases/desk-refused.ts';
import { formItems, type FormFault as CaseFault } from '../cases/due-form.ts';
import { controlOf } from './case-fields.ts';
import { participantInWords } from './case-words.tsx';
import type { DeskContext } from './desk-context.ts';

/** A fault of a case as a page tells it, with the words of the law where it is the law's. */
export interface ToldFault extends FormFault {
  /** A sentence of the law, which explains itself in English. */
  readonly isLaw: boolean;
  readonly article: string | null;
  readonly overridable: boolean;
}

/** A refusal of the law carries more than a fault of a form. */
interface LawFault extends CaseFault {
  readonly article?: string | null;
  readonly overridable?: boolean;
}

/** A sentence of the law with its dates written out, so that every date of a page reads alike. */
const datesWrittenOut = (sentence: string, language: Language): string =>
  sentence.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (text) =>
    isCalendarDate(text) ? dateInWords(text, language) : text,
  );

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
  return null;
}

function toldFault(context: DeskContext, fault: LawFault): ToldFault {
  const { field, detail, article = null, overridable = false } = fault;
  const { faults, form } = context.said;
  const about = { field: controlOf(field), article, overridable };
  const sentence = (text: string): ToldFault => ({ ...about, sentence: text, isLaw: false });
  if (detail === 'has no act yet') return sentence(`${faults.noAct}.`);
  if (detail === 'names no field to correct') return sentence(`${faults.noChange}.`);
  if (detail === 'a ceremony has signatures only') return sentence(`${faults.onlySignatures}.`);
  const words = wordsOf(context, detail);
  if (words !== null)
    return sentence(
      words === faults.fullPowers
        ? `${labelOf(context, field)}: ${words}.`
        : `${labelOf(context, field)} ${words}.`,
    );
  if (detail === form.unknownParticipant) return sentence(detail);
  return { ...about, sentence: datesWrittenOut(detail, context.language), isLaw: true };
}

/** Everything that the desk refuses a case for, each at its control; one fault an address, the first. */
export function faultsOf(context: DeskContext, refused: DeskRefused): ToldFault[] {
  const { faults, field, message, code } = refused;
  const told: ToldFault[] =
    faults.length > 0
      ? faults.map((fault) => toldFault(context, fault))
      : [
          {
            field: controlOf(field ?? 'kind'),
            sentence: datesWrittenOut(context.said.refusals[code] ?? message, context.language),
            isLaw: !Object.hasOwn(context.said.refusals, code),
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
        sentence: `“${words}” ${context.said.form.unknownParticipant}.`,
      },
    ];
  });
}
