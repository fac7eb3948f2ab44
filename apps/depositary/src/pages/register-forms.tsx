import type { VNode } from 'preact';
import { DateField, DateText, datePartsOf, Facts, SelectField, TextArea, TextField } from '#pages';
import { daysForObjections } from '#treaty';
import { CorrectionFields } from './correction-fields.tsx';
import { DueFormFields, errorOf, SaveBar, SavesOnEnter } from './due-form-fields.tsx';
import { ParticipantField, ParticipantList } from './instrument-form.tsx';
import { ActionField, CorrectsField, ReasonField, type RegisterForm } from './register-fields.tsx';

/** The form of a case about the register itself: a correction, an official date, a rectification. */
export function RegisterCaseForm(props: RegisterForm): VNode {
  const { context, file, faults } = props;
  return (
    <>
      <SavesOnEnter context={context} />
      <ParticipantList context={context} />
      <fieldset class="part">
        <legend>{context.said.kinds[file.kind]}</legend>
        <FieldsOfKind {...props} />
      </fieldset>
      <DueFormFields context={context} file={file} faults={faults} />
      <SaveBar context={context} />
    </>
  );
}

function FieldsOfKind(props: RegisterForm): VNode {
  switch (props.file.kind) {
    case 'correction':
      return <CorrectionFields {...props} />;
    case 'annulment':
      return <Annulment {...props} />;
    case 'official-date':
      return <OfficialDate {...props} />;
    case 'rectification-proposal':
      return <Proposal {...props} />;
    default:
      return <OnProposal {...props} />;
  }
}

function Annulment(props: RegisterForm): VNode {
  return (
    <>
      <p class="quiet">{props.context.said.correction.annulHint}</p>
      <ActionField {...props} />
      <ReasonField {...props} />
      <CorrectsField {...props} />
    </>
  );
}

function DateOf(props: RegisterForm & { readonly label: string; readonly hint?: string }): VNode {
  const { context, file, faults, label, hint } = props;
  return (
    <DateField
      language={context.language}
      name="date"
      label={label}
      hint={hint}
      parts={datePartsOf(file.content.date)}
      {...errorOf(faults, 'date-day')}
    />
  );
}

function OfficialDate(props: RegisterForm): VNode {
  const { context, file, computed, faults } = props;
  const { correction } = context.said;
  return (
    <>
      <p class="quiet">{correction.officialHint}</p>
      <Facts
        facts={[
          {
            name: correction.computed,
            value: computed && <DateText date={computed} language={context.language} />,
          },
        ]}
      />
      <ParticipantField
        context={context}
        name="participant"
        label={correction.participantOrTreaty}
        value={file.content.participant}
        {...errorOf(faults, 'participant')}
      />
      <DateOf {...props} label={correction.officialDate} />
      <ReasonField {...props} />
    </>
  );
}

function Proposal(props: RegisterForm): VNode {
  const { context, file, faults } = props;
  const { correction } = context.said;
  return (
    <>
      <DateOf {...props} label={correction.proposalDate} />
      <TextArea
        name="text"
        label={correction.proposalText}
        value={file.content.text ?? ''}
        rows={8}
        {...errorOf(faults, 'text')}
      />
      <TextField
        name="daysForObjections"
        label={correction.days}
        value={String(file.content.daysForObjections ?? daysForObjections)}
        size={6}
        inputMode="numeric"
        {...errorOf(faults, 'daysForObjections')}
      />
    </>
  );
}

/** An objection to a proposal, or its procès-verbal: beside it, the proposal as it was made. */
function OnProposal(props: RegisterForm): VNode {
  const { context, file, record, faults } = props;
  const { correction } = context.said;
  const objects = file.kind === 'rectification-objection';
  const open = record.procedures.filter(({ adopted }) => adopted === null);
  const chosen = record.procedures.find(
    ({ proposed }) => proposed.rectification === file.content.rectification,
  );
  return (
    <>
      <SelectField
        name="rectification"
        label={correction.rectification}
        value={file.content.rectification ?? ''}
        choices={[
          { value: '', label: correction.choose },
          ...open.map(({ proposed }) => ({
            value: proposed.rectification,
            label: `${proposed.date}: ${proposed.text.slice(0, 80)}`,
          })),
        ]}
        {...errorOf(faults, 'rectification')}
      />
      {objects && (
        <ParticipantField
          context={context}
          name="participant"
          label={context.said.form.participant}
          value={file.content.participant}
          {...errorOf(faults, 'participant')}
        />
      )}
      <DateOf {...props} label={objects ? correction.objectionDate : correction.adoptionDate} />
      <div class="beside">
        {chosen !== undefined && (
          <div>
            <h3>{correction.proposed}</h3>
            <p class="statement">{chosen.proposed.text}</p>
          </div>
        )}
        <TextArea
          name="text"
          label={objects ? correction.objectionText : correction.procesVerbal}
          value={file.content.text ?? ''}
          rows={10}
          {...errorOf(faults, 'text')}
        />
      </div>
    </>
  );
}
