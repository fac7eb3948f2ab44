import type { ParticipantRegister, RecordedAction } from '#treaty';
import type { ActDraft, CaseContent, CaseKind, FormAnswer } from '../cases/case-content.ts';
import type { CaseFile } from '../cases/case-file.ts';
import { formItems } from '../cases/due-form.ts';
import { mostSignatures } from '../cases/signatures-table.ts';
import { correctable, fieldsOf, isDateField } from './case-fields.ts';
import {
  dateIn,
  givenIn,
  numberIn,
  participantIn,
  textIn,
  type FormFields,
} from './form-fields.ts';

/** What the form of a case means for its draft. */
export interface FormRead {
  readonly content: CaseContent;
  /** The button that was pressed: `save`, `check`, `documents`, `add`, `remove-2`. */
  readonly pressed: string;
}

/** Reads the form of a case, of whatever kind. Nothing is judged here: a draft may hold what is not yet right. */
export function readCaseForm(
  { kind, content }: Pick<CaseFile, 'kind' | 'content'>,
  form: FormFields,
  participants: ParticipantRegister,
  actions: readonly RecordedAction[],
): FormRead {
  const pressed = textIn(form, 'pressed', 40) || 'save';
  const answers = answersIn(form);
  const read = { ...contentIn(kind, content, form, participants, actions), form: answers };
  return { content: changedBy(read, pressed), pressed };
}

function contentIn(
  kind: CaseKind,
  content: CaseContent,
  form: FormFields,
  participants: ParticipantRegister,
  actions: readonly RecordedAction[],
): CaseContent {
  const reason = givenIn(form, 'reason', 2000);
  const participant = participantIn(form, 'participant', participants);
  const date = dateIn(form, 'date');
  const text = givenIn(form, 'text');
  const rectification = givenIn(form, 'rectification', 200);
  switch (kind) {
    case 'instrument':
      return { acts: actsIn(form, participants) };
    case 'ceremony':
      return {
        acts: signaturesIn(form, participants),
        notify: textIn(form, 'notify') === 'grouped' ? 'grouped' : 'each',
      };
    case 'correction':
      return {
        ...aboutAction(form, content, actions, participants),
        reason,
        overrideReason: givenIn(form, 'overrideReason', 2000),
      };
    case 'annulment':
      return {
        ...actionIn(form, actions),
        reason,
        corrects: givenIn(form, 'corrects', 100),
      };
    case 'official-date':
      return { participant, date, reason };
    case 'rectification-proposal': {
      const days = numberIn(form, 'daysForObjections');
      return { date, text, daysForObjections: days >= 1 && days <= 730 ? days : null };
    }
    case 'rectification-objection':
      return { rectification, participant, date, text };
    case 'rectification-adoption':
      return { rectification, date, text };
  }
}

/** The acts of an instrument: the first, then the statements that came with it, on its date and of its State. */
function actsIn(form: FormFields, participants: ParticipantRegister): ActDraft[] {
  const [first = {}, ...others] = Array.from({ length: countOf(form) }, (_, index) =>
    actIn(form, `act-${index}-`, participants),
  );
  return [first, ...others.map((act) => ({ ...act, ...inherited(first) }))];
}

const countOf = (form: FormFields): number => {
  const count = numberIn(form, 'acts');
  return Number.isNaN(count) ? 1 : Math.min(Math.max(count, 1), mostSignatures);
};

function actIn(form: FormFields, prefix: string, participants: ParticipantRegister): ActDraft {
  const kind = givenIn(form, `${prefix}kind`, 100);
  return {
    ...Object.fromEntries(
      fieldsOf(kind).map((field) => {
        const name = prefix + field;
        if (isDateField(field)) return [field, dateIn(form, name)];
        if (field === 'participant' || field === 'predecessor')
          return [field, participantIn(form, name, participants)];
        return [field, givenIn(form, name, longest[field])];
      }),
    ),
    kind,
  };
}

const longest: Readonly<Record<string, number>> = {
  kind: 100,
  place: 200,
  territory: 200,
  relatesTo: 200,
  note: 4000,
  overrideReason: 2000,
  text: 100_000,
};

/** The signatures of a ceremony; rows without a participant are left out, but the day and place are kept. */
function signaturesIn(form: FormFields, participants: ParticipantRegister): ActDraft[] {
  const day = { date: dateIn(form, 'ceremony'), place: givenIn(form, 'place', 200) };
  const rows = Array.from({ length: countOf(form) }, (_, index): ActDraft => {
    const prefix = `act-${index}-`;
    return {
      kind: givenIn(form, `${prefix}kind`, 100) ?? 'signature',
      participant: participantIn(form, `${prefix}participant`, participants),
      note: givenIn(form, `${prefix}note`, 4000),
      overrideReason: givenIn(form, `${prefix}overrideReason`, 2000),
      // A row of a table may have a day of its own, which the form carries along.
      date: givenIn(form, `${prefix}ownDate`, 40) ?? day.date,
      place: day.place,
    };
  });
  const filled = rows.filter(({ participant, note }) => participant !== null || note !== null);
  return filled.length > 0 ? filled : [{ kind: 'signature', participant: null, ...day }];
}

/** The record that a correction or annulment is about, and whose it is, by which lists name the case. */
function actionIn(
  form: FormFields,
  actions: readonly RecordedAction[],
): { action: string | null; participant: string | null } {
  const action = givenIn(form, 'action', 200);
  const found = actions.find(({ first }) => first.action === action);
  return { action, participant: found?.current.participant ?? null };
}

/** What a correction changes: only fields that differ from what is on record. Another record begins anew. */
function aboutAction(
  form: FormFields,
  content: CaseContent,
  actions: readonly RecordedAction[],
  participants: ParticipantRegister,
): CaseContent {
  const chosen = actionIn(form, actions);
  const id = chosen.action;
  const action = actions.find(({ first }) => first.action === id);
  const corrects = givenIn(form, 'corrects', 100);
  // The fields on the page are those of the record that was chosen before.
  if (id !== content.action || action === undefined)
    return { ...chosen, changes: {}, corrects: null };
  const changes: Record<string, string | null> = {};
  for (const field of correctable) {
    const name = `change-${field}`;
    const shown = isDateField(field) ? `${name}-day` : name;
    if (form[shown] === undefined) continue;
    const value = isDateField(field)
      ? dateIn(form, name)
      : field === 'participant' || field === 'predecessor'
        ? participantIn(form, name, participants)
        : givenIn(form, name, longest[field]);
    if (value !== action.current[field]) changes[field] = value;
  }
  return { ...chosen, changes, corrects };
}

/** Answers of the checklist that the form sent, one by one. */
function answersIn(form: FormFields): Record<string, FormAnswer> {
  return Object.fromEntries(
    formItems.flatMap(({ id }): [string, FormAnswer][] => {
      const answer = givenIn(form, `form-${id}`, 40);
      const remark = givenIn(form, `form-${id}-remark`, 2000);
      return answer === null && remark === null ? [] : [[id, { answer: answer ?? '', remark }]];
    }),
  );
}

/** Adds or removes a statement, where that is what the button said. */
function changedBy(content: CaseContent, pressed: string): CaseContent {
  const { acts = [] } = content;
  if (pressed === 'add')
    return { ...content, acts: [...acts, { ...inherited(acts[0]), kind: 'reservation' }] };
  const removed = Number(/^remove-(\d+)$/.exec(pressed)?.[1] ?? 0);
  return removed > 0 ? { ...content, acts: acts.filter((_, at) => at !== removed) } : content;
}

const inherited = ({
  participant,
  date,
  dateOfInstrument,
  dateOfReceipt,
}: ActDraft = {}): ActDraft => ({
  ...(participant !== undefined && { participant }),
  ...(date !== undefined && { date }),
  ...(dateOfInstrument !== undefined && { dateOfInstrument }),
  ...(dateOfReceipt !== undefined && { dateOfReceipt }),
});
