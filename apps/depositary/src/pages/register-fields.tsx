import type { VNode } from 'preact';
import { SelectField, TextArea, type FormFault } from '#pages';
import type { TreatyRecord } from '#treaty';
import type { CaseFile } from '../cases/case-file.ts';
import { actionLine } from './case-words.tsx';
import type { DeskContext } from './desk-context.ts';
import { errorOf } from './due-form-fields.tsx';

/** What the forms about the register itself are made from. */
export interface RegisterForm {
  readonly context: DeskContext;
  readonly file: CaseFile;
  readonly record: TreatyRecord;
  /** Notifications that told of the action which is corrected, the latest first. */
  readonly notified: readonly string[];
  /** The computed date of entry into force, beside which an official one would stand. */
  readonly computed: string | null;
  readonly faults: readonly FormFault[];
}

/** The record that a correction or annulment is about. */
export function ActionField({ context, file, record, faults }: RegisterForm): VNode {
  const { correction } = context.said;
  const standing = record.actions.filter(({ annulled }) => annulled === null);
  const choices = standing
    .map((one) => ({ value: one.first.action, label: actionLine(context, one) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, context.language));
  return (
    <SelectField
      name="action"
      label={correction.action}
      value={file.content.action ?? ''}
      choices={[{ value: '', label: correction.choose }, ...choices]}
      {...errorOf(faults, 'action')}
    />
  );
}

/** The reason of a correction, as it will be circulated. */
export function ReasonField({ context, file, faults }: RegisterForm): VNode {
  return (
    <TextArea
      name="reason"
      label={context.said.correction.reason}
      value={file.content.reason ?? ''}
      rows={3}
      {...errorOf(faults, 'reason')}
    />
  );
}

/** The notification that is corrected as well, where one told of the record. */
export function CorrectsField({ context, file, notified, faults }: RegisterForm): VNode {
  const { correction } = context.said;
  return (
    <SelectField
      name="corrects"
      label={correction.corrects}
      value={file.content.corrects ?? notified[0] ?? ''}
      choices={[
        ...notified.map((value) => ({ value, label: value })),
        { value: '', label: correction.noCorrects },
      ]}
      {...errorOf(faults, 'corrects')}
    />
  );
}
