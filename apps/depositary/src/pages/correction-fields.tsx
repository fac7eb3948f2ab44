import type { VNode } from 'preact';
import { DateField, datePartsOf, GroupedSelect, TextArea, TextField } from '#pages';
import type { ActionRecorded } from '#treaty';
import { correctable, fieldsOf, isDateField } from './case-fields.ts';
import { dateIn, kindGroups, kindIn, participantInWords } from './case-words.tsx';
import type { DeskContext } from './desk-context.ts';
import { errorOf } from './due-form-fields.tsx';
import { ParticipantField } from './instrument-form.tsx';
import { ActionField, CorrectsField, ReasonField, type RegisterForm } from './register-fields.tsx';

type Field = (typeof correctable)[number];

/** A value of a record as a page shows it. */
export function valueInWords(context: DeskContext, field: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') return '—';
  if (field === 'kind') return kindIn(context, value);
  if (isDateField(field)) return dateIn(context, value);
  return field === 'participant' || field === 'predecessor'
    ? participantInWords(context, value)
    : value;
}

/** A correction: the record as it stands beside how it should read, field by field. */
export function CorrectionFields(props: RegisterForm): VNode {
  const { context, file, record } = props;
  const { correction } = context.said;
  const found = record.actions.find(({ first }) => first.action === file.content.action);
  return (
    <>
      <ActionField {...props} />
      {found === undefined ? (
        <button type="submit" name="pressed" value="save" class="second">
          {correction.pick}
        </button>
      ) : (
        <>
          <h3>{correction.title}</h3>
          <p class="quiet">{correction.hint}</p>
          <BothVersions {...props} current={found.current} />
          <ReasonField {...props} />
          <CorrectsField {...props} />
          <TextField
            name="overrideReason"
            label={context.said.form.overrideReason}
            hint={context.said.form.overrideHint}
            value={file.content.overrideReason ?? ''}
          />
        </>
      )}
    </>
  );
}

function BothVersions(props: RegisterForm & { readonly current: ActionRecorded }): VNode {
  const { context, file, current } = props;
  const { correction } = context.said;
  const changes = file.content.changes ?? {};
  const kind = typeof changes['kind'] === 'string' ? changes['kind'] : current.kind;
  const asked: readonly string[] = [...fieldsOf(kind), ...fieldsOf(current.kind)];
  const shown = correctable.filter((field) => asked.includes(field) || current[field] !== null);
  return (
    <table class="table stacks both" role="table">
      <caption>{correction.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {[correction.field, correction.now, correction.should].map((label) => (
            <th role="columnheader" scope="col" key={label}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {shown.map((field) => (
          <tr role="row" key={field}>
            <th role="rowheader" scope="row">
              {correction.fields[field]}
            </th>
            <td role="cell" data-label={correction.now} class="was">
              {valueInWords(context, field, current[field])}
            </td>
            <td role="cell" data-label={correction.should}>
              <ChangeField
                {...props}
                field={field}
                value={Object.hasOwn(changes, field) ? changes[field] : current[field]}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ChangeField(
  props: RegisterForm & { readonly field: Field; readonly value: unknown },
): VNode {
  const { context, field, faults } = props;
  const value = typeof props.value === 'string' ? props.value : '';
  const { correction } = context.said;
  const name = `change-${field}`;
  const about = {
    name,
    label: `${correction.should}: ${correction.fields[field] ?? field}`,
    ...errorOf(faults, isDateField(field) ? `${name}-day` : name),
  };
  if (isDateField(field))
    return <DateField {...about} language={context.language} parts={datePartsOf(value)} />;
  if (field === 'kind')
    return (
      <GroupedSelect
        {...about}
        none={context.said.open.choose}
        groups={kindGroups(context)}
        value={value}
      />
    );
  if (field === 'participant' || field === 'predecessor')
    return <ParticipantField {...about} context={context} value={value} />;
  if (field === 'text') return <TextArea {...about} value={value} rows={6} />;
  return <TextField {...about} value={value} />;
}
