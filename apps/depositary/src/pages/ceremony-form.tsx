import type { VNode } from 'preact';
import { DateField, datePartsOf, Radios, TextField, type FormFault } from '#pages';
import { actionKinds, type ActionKind } from '#treaty';
import type { ActDraft } from '../cases/case-content.ts';
import type { CaseFile } from '../cases/case-file.ts';
import { mostSignatures } from '../cases/signatures-table.ts';
import { kindIn, participantInWords } from './case-words.tsx';
import { nameOf, type DeskContext } from './desk-context.ts';
import { DueFormFields, errorOf, SaveBar, SavesOnEnter } from './due-form-fields.tsx';
import { ParticipantList } from './instrument-form.tsx';

const signatureKinds = (Object.keys(actionKinds) as ActionKind[]).filter((kind) =>
  actionKinds[kind].family.startsWith('signature'),
);

/** Empty rows at the end, for those without scripts; with scripts there is always one more. */
const spare = 5;

/** The form of a signing ceremony: its day and place once, then a row for each signature. */
export function CeremonyForm(props: {
  readonly context: DeskContext;
  readonly file: CaseFile;
  readonly faults: readonly FormFault[];
}): VNode {
  const { context, file, faults } = props;
  const { ceremony } = context.said;
  const acts = file.content.acts ?? [];
  const [first] = acts;
  const filled = acts.filter(({ participant, note }) => participant != null || note != null);
  const rows = Math.min(filled.length + spare, mostSignatures);
  const day = commonDate(acts);
  return (
    <>
      <SavesOnEnter context={context} />
      <input type="hidden" name="acts" value={String(rows)} />
      <ParticipantList context={context} />
      <fieldset class="part">
        <legend>{context.said.kinds.ceremony}</legend>
        <div class="beside">
          <DateField
            language={context.language}
            name="ceremony"
            label={ceremony.date}
            parts={datePartsOf(day)}
            {...errorOf(faults, 'act-0-date-day')}
          />
          <TextField name="place" label={ceremony.place} value={first?.place ?? ''} />
          <Radios
            name="notify"
            label={ceremony.notify}
            value={file.content.notify ?? 'each'}
            choices={[
              { value: 'each', label: ceremony.each },
              { value: 'grouped', label: ceremony.grouped },
            ]}
          />
        </div>
      </fieldset>
      <fieldset class="part">
        <legend>{ceremony.title}</legend>
        <p class="quiet">{ceremony.hint}</p>
        <SignatureRows context={context} acts={filled} rows={rows} day={day} faults={faults} />
      </fieldset>
      <DueFormFields context={context} file={file} faults={faults} />
      <SaveBar context={context} />
    </>
  );
}

/** The date that most signatures bear: that of the ceremony. */
function commonDate(acts: readonly ActDraft[]): string | null {
  const counts = new Map<string, number>();
  for (const { date } of acts) if (date != null) counts.set(date, (counts.get(date) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

function SignatureRows(props: {
  readonly context: DeskContext;
  readonly acts: readonly ActDraft[];
  readonly rows: number;
  readonly day: string | null;
  readonly faults: readonly FormFault[];
}): VNode {
  const { context, acts, rows, day, faults } = props;
  const { ceremony } = context.said;
  const row = (act: ActDraft, index: string, n: string): VNode => (
    <SignatureRow context={context} act={act} index={index} n={n} day={day} faults={faults} />
  );
  return (
    <>
      <table class="rows">
        <caption class="hidden">{ceremony.caption}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="hidden">N</span>
            </th>
            <th scope="col">{ceremony.participant}</th>
            <th scope="col">{ceremony.signatory}</th>
            <th scope="col">{ceremony.kind}</th>
            <th scope="col">{ceremony.reason}</th>
          </tr>
        </thead>
        <tbody data-grows={String(mostSignatures)}>
          {Array.from({ length: rows }, (_, index) =>
            row(acts[index] ?? {}, String(index), String(index + 1)),
          )}
        </tbody>
      </table>
      <template data-row="">{row({}, 'ROW', '')}</template>
    </>
  );
}

function SignatureRow(props: {
  readonly context: DeskContext;
  readonly act: ActDraft;
  readonly index: string;
  readonly n: string;
  readonly day: string | null;
  readonly faults: readonly FormFault[];
}): VNode {
  const { context, act, index, n, day, faults } = props;
  const { ceremony } = context.said;
  const name = (field: string): string => `act-${index}-${field}`;
  const told = faults.filter(({ field }) => field.startsWith(`act-${index}-`));
  const known =
    act.participant != null && Object.hasOwn(context.participants.byCode, act.participant);
  const input = (field: 'note' | 'overrideReason', label: string): VNode => (
    <input
      type="text"
      id={name(field)}
      name={name(field)}
      value={act[field] ?? ''}
      aria-label={`${label} ${n}`}
      autoComplete="off"
      maxLength={2000}
    />
  );
  const ownDate = act.date != null && act.date !== day ? act.date : null;
  return (
    <tr>
      <td class="n">{n}</td>
      <td>
        {told.map(({ sentence }, place) => (
          <p class="error" key={place} id={`${name('participant')}-error-${place}`}>
            {sentence}
          </p>
        ))}
        <input
          type="text"
          id={name('participant')}
          name={name('participant')}
          value={known ? nameOf(context, act.participant ?? '') : (act.participant ?? '')}
          list="participants"
          autoComplete="off"
          data-asks="participant"
          aria-label={`${ceremony.participant} ${n}`}
          aria-describedby={`${name('participant')}-recognised`}
          maxLength={200}
          {...(told.length > 0 && { 'aria-invalid': 'true' as const })}
        />
        <output class="recognised" id={`${name('participant')}-recognised`}>
          {known ? participantInWords(context, act.participant) : ''}
          {ownDate === null ? '' : ` ${ownDate}`}
        </output>
        {ownDate !== null && <input type="hidden" name={name('ownDate')} value={ownDate} />}
      </td>
      <td>{input('note', ceremony.signatory)}</td>
      <td>
        <select id={name('kind')} name={name('kind')} aria-label={`${ceremony.kind} ${n}`}>
          {signatureKinds.map((kind) => (
            <option key={kind} value={kind} selected={kind === (act.kind ?? 'signature')}>
              {kindIn(context, kind)}
            </option>
          ))}
        </select>
      </td>
      <td>{input('overrideReason', ceremony.reason)}</td>
    </tr>
  );
}
