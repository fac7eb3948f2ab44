import type { VNode } from 'preact';
import {
  DateField,
  datePartsOf,
  Notice,
  Radios,
  TextArea,
  TextField,
  type FormFault,
} from '#pages';
import { isPermitted } from '../staff/permissions.ts';
import type { CheckShown } from './check-page.tsx';
import { isOpen } from './case-frame.tsx';
import type { DeskContext } from './desk-context.ts';
import { errorOf } from './due-form-fields.tsx';
import { DeskForm } from './frame.tsx';

/** What was typed into the forms of the decision, when they came back with faults. */
export interface DecisionState {
  readonly faults?: readonly FormFault[];
  readonly when?: string;
  readonly day?: string | null;
  readonly time?: string;
  readonly reason?: string;
}

type Props = CheckShown & { readonly context: DeskContext };

/** What the officer who looks may do with the case now; or why not. */
export function Decision(props: Props): VNode | null {
  const { context, shown, preview, faults } = props;
  const { file } = shown;
  const { officer, said } = context;
  const { check } = said;
  if (isOpen(file)) {
    const ready = preview !== null && preview.outcome === 'recorded' && faults.length === 0;
    return ready && file.state === 'draft' && isPermitted(officer.roles, 'prepare-cases') ? (
      <Submit {...props} />
    ) : null;
  }
  if (file.state !== 'submitted' && file.state !== 'scheduled') return null;
  const mayApprove = isPermitted(officer.roles, 'approve-cases');
  // Four eyes: the page says so at its head.
  if (file.editors.includes(officer.subject))
    return mayApprove ? (
      <section class="decide" id="decision">
        <SendBack {...props} />
      </section>
    ) : null;
  if (!mayApprove)
    return (
      <div id="decision">
        <Notice>
          <p>
            {file.state === 'submitted' && check.waits} {check.noRole}
          </p>
        </Notice>
      </div>
    );
  return (
    <section class="decide" id="decision" aria-labelledby="decision-title">
      {file.state === 'submitted' && preview !== null && faults.length === 0 && (
        <Approve {...props} />
      )}
      <SendBack {...props} />
    </section>
  );
}

function Submit({ context, shown: { file } }: Props): VNode {
  const { check } = context.said;
  return (
    <section class="decide" id="decision" aria-labelledby="decision-title">
      <h2 id="decision-title">{check.submitTitle}</h2>
      <p>{check.submitText}</p>
      <DeskForm context={context} action={`/cases/${file.id}/submission`} version={file.version}>
        <div class="buttons">
          <button type="submit">{check.submit}</button>
        </div>
      </DeskForm>
    </section>
  );
}

function Approve({ context, shown: { file }, preview, decision }: Props): VNode {
  const { check } = context.said;
  const { faults = [], when = 'at-once', day = null, time = '' } = decision;
  return (
    <>
      <h2 id="decision-title">{check.approveTitle}</h2>
      <p>{check.approveText}</p>
      <DeskForm context={context} action={`/cases/${file.id}/approval`} version={file.version}>
        <input type="hidden" name="digest" value={preview?.digest} />
        <input
          type="hidden"
          name="revision"
          value={preview?.revision === null ? '' : String(preview?.revision)}
        />
        <Radios
          name="when"
          label={check.when}
          value={when}
          {...errorOf(faults, 'when')}
          choices={[
            { value: 'at-once', label: check.atOnce },
            { value: 'later', label: check.later },
          ]}
        />
        <div class="beside">
          <DateField
            language={context.language}
            name="publish"
            label={check.laterDate}
            parts={datePartsOf(day)}
            {...errorOf(faults, 'publish-day')}
          />
          <TextField
            name="time"
            label={check.laterTime}
            hint={check.laterTimeHint}
            value={time}
            size={6}
            {...errorOf(faults, 'time')}
          />
        </div>
        <div class="buttons">
          <button type="submit">{check.approve}</button>
        </div>
      </DeskForm>
    </>
  );
}

function SendBack({ context, shown: { file }, decision }: Props): VNode {
  const { check } = context.said;
  const { faults = [], reason = '' } = decision;
  return (
    <DeskForm
      context={context}
      action={`/cases/${file.id}/return`}
      version={file.version}
      guard="clean"
    >
      <h2>{check.sendBack}</h2>
      <TextArea
        name="reason"
        label={check.sendBackReason}
        value={reason}
        rows={3}
        {...errorOf(faults, 'reason')}
      />
      <div class="buttons">
        <button type="submit" class="second">
          {check.sendBackDo}
        </button>
      </div>
    </DeskForm>
  );
}
