import type { VNode } from 'preact';
import {
  DateField,
  datePartsOf,
  GroupedSelect,
  SuggestedField,
  Suggestions,
  TextArea,
  TextField,
  type FormFault,
} from '#pages';
import { actionKinds, type TreatyRecord } from '#treaty';
import type { ActDraft } from '../cases/case-content.ts';
import type { CaseFile } from '../cases/case-file.ts';
import { attachedKinds, fieldsOf, isActionKind, type ActField } from './case-fields.ts';
import { actionLine, kindGroups, participantChoices, participantInWords } from './case-words.tsx';
import { nameOf, type DeskContext } from './desk-context.ts';
import { DueFormFields, errorOf, SaveBar, SavesOnEnter } from './due-form-fields.tsx';

interface Fields {
  readonly context: DeskContext;
  readonly record: TreatyRecord;
  readonly act: ActDraft;
  readonly index: number;
  readonly faults: readonly FormFault[];
}

/** The form of an instrument: the act, the statements that came with it, the checklist. */
export function InstrumentForm(props: {
  readonly context: DeskContext;
  readonly file: CaseFile;
  readonly record: TreatyRecord;
  readonly faults: readonly FormFault[];
}): VNode {
  const { context, file, record, faults } = props;
  const { form } = context.said;
  const [act = {}, ...statements] = file.content.acts ?? [];
  const count = String(1 + statements.length);
  return (
    <>
      <SavesOnEnter context={context} />
      <input type="hidden" name="acts" value={count} />
      <ParticipantList context={context} />
      <fieldset class="part">
        <legend>{form.instrument}</legend>
        <ActFields context={context} record={record} act={act} index={0} faults={faults} />
      </fieldset>
      <fieldset class="part">
        <legend>{form.statements}</legend>
        <p class="quiet">{form.statementsHint}</p>
        {statements.map((statement, place) => (
          <fieldset class="part" key={place}>
            <legend>{form.statement(place + 1)}</legend>
            <StatementFields
              context={context}
              record={record}
              act={statement}
              index={place + 1}
              faults={faults}
            />
            <button type="submit" name="pressed" value={`remove-${place + 1}`} class="second">
              {form.removeStatement}
            </button>
          </fieldset>
        ))}
        <p>
          <button type="submit" name="pressed" value="add" class="second">
            {form.addStatement}
          </button>
        </p>
      </fieldset>
      <DueFormFields context={context} file={file} faults={faults} />
      <SaveBar context={context} />
    </>
  );
}

/** Every participant by every name, once on a page. */
export const ParticipantList = ({ context }: { readonly context: DeskContext }): VNode => (
  <Suggestions id="participants" choices={participantChoices(context)} />
);

/** A participant by any name or code; below it, whom the register takes it for. */
export function ParticipantField(props: {
  readonly context: DeskContext;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string | null | undefined;
  readonly error?: string;
}): VNode {
  const { context, value, ...field } = props;
  const known = value != null && Object.hasOwn(context.participants.byCode, value);
  return (
    <SuggestedField
      {...field}
      value={known ? nameOf(context, value) : (value ?? '')}
      list="participants"
      asks="participant"
      recognised={known ? participantInWords(context, value) : null}
    />
  );
}

/** What the legal date of an act is, in the words of its family. */
function legalDate({ context, act }: Fields): { label: string; hint: string } {
  const { form } = context.said;
  const family = isActionKind(act.kind) ? actionKinds[act.kind].family : null;
  if (family === 'consent' || family === 'territory' || family === 'provisional-application')
    return { label: form.dateOfDeposit, hint: form.dateOfDepositHint };
  if (family === 'signature' || family === 'signature-and-consent')
    return { label: form.dateOfSignature, hint: form.dateOfActHint };
  if (family === 'withdrawal-from-treaty')
    return { label: form.dateOfNotice, hint: form.dateOfActHint };
  return { label: form.dateOfAct, hint: form.dateOfActHint };
}

function ActFields(props: Fields): VNode {
  const { context, act, faults } = props;
  const { form } = context.said;
  const fields = fieldsOf(act.kind);
  const date = legalDate(props);
  return (
    <>
      <div class="beside">
        <ParticipantField
          context={context}
          name="act-0-participant"
          label={form.participant}
          hint={form.participantHint}
          value={act.participant}
          {...errorOf(faults, 'act-0-participant')}
        />
        <GroupedSelect
          name="act-0-kind"
          label={form.kind}
          none={context.said.open.choose}
          groups={kindGroups(context)}
          value={act.kind ?? ''}
          {...errorOf(faults, 'act-0-kind')}
        />
      </div>
      <div class="beside">
        <ActDate
          {...props}
          field="dateOfInstrument"
          label={form.dateOfInstrument}
          hint={form.dateOfInstrumentHint}
        />
        <ActDate
          {...props}
          field="dateOfReceipt"
          label={form.dateOfReceipt}
          hint={form.dateOfReceiptHint}
        />
        <ActDate {...props} field="date" {...date} />
        {fields.includes('dateOfEffect') && (
          <ActDate
            {...props}
            field="dateOfEffect"
            label={form.dateOfEffect}
            hint={form.dateOfActHint}
          />
        )}
      </div>
      <OtherFields {...props} />
    </>
  );
}

function ActDate(
  props: Fields & {
    readonly field: 'date' | 'dateOfInstrument' | 'dateOfReceipt' | 'dateOfEffect';
    readonly label: string;
    readonly hint: string;
  },
): VNode {
  const { context, act, index, faults, field, label, hint } = props;
  const name = `act-${index}-${field}`;
  return (
    <DateField
      language={context.language}
      name={name}
      label={label}
      hint={hint}
      parts={datePartsOf(act[field])}
      {...errorOf(faults, `${name}-day`)}
    />
  );
}

/** The fields that only some kinds have, and those that all may have. */
function OtherFields(props: Fields): VNode {
  const { context, act, index, faults } = props;
  const { form } = context.said;
  const name = (field: ActField): string => `act-${index}-${field}`;
  const fields = fieldsOf(act.kind);
  const line = (field: 'place' | 'territory' | 'note' | 'overrideReason', hint?: string): VNode => (
    <TextField
      name={name(field)}
      label={form[field]}
      hint={hint}
      value={act[field] ?? ''}
      {...errorOf(faults, name(field))}
    />
  );
  return (
    <>
      {fields.includes('predecessor') && (
        <ParticipantField
          context={context}
          name={name('predecessor')}
          label={form.predecessor}
          value={act.predecessor}
          {...errorOf(faults, name('predecessor'))}
        />
      )}
      {fields.includes('territory') && line('territory')}
      {fields.includes('relatesTo') && <RelatedField {...props} />}
      {fields.includes('text') && (
        <TextArea
          name={name('text')}
          label={form.text}
          value={act.text ?? ''}
          rows={8}
          {...errorOf(faults, name('text'))}
        />
      )}
      {index === 0 && line('place')}
      {index === 0 && line('note')}
      {line('overrideReason', form.overrideHint)}
    </>
  );
}

function RelatedField({ context, record, act, index, faults }: Fields): VNode {
  const { form } = context.said;
  const name = `act-${index}-relatesTo`;
  const standing = record.actions.filter(({ annulled }) => annulled === null);
  const own = standing.filter(({ current }) => current.participant === act.participant);
  const others = standing.filter((one) => !own.includes(one));
  const group = (label: string, actions: typeof standing) => ({
    label,
    choices: actions.map((one) => ({ value: one.first.action, label: actionLine(context, one) })),
  });
  return (
    <GroupedSelect
      name={name}
      label={form.relatesTo}
      none={form.none}
      value={act.relatesTo ?? ''}
      groups={[
        group(participantInWords(context, act.participant) || form.participant, own),
        group('…', others),
      ].filter(({ choices }) => choices.length > 0)}
      {...errorOf(faults, name)}
    />
  );
}

function StatementFields(props: Fields): VNode {
  const { context, act, index, faults } = props;
  const name = `act-${index}-kind`;
  return (
    <>
      <GroupedSelect
        name={name}
        label={context.said.form.kind}
        none={context.said.open.choose}
        groups={kindGroups(context, attachedKinds)}
        value={act.kind ?? ''}
        {...errorOf(faults, name)}
      />
      <OtherFields {...props} />
    </>
  );
}
