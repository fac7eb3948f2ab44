import type { VNode } from 'preact';
import { FileField, TextArea, type FormFault } from '#pages';
import type { CaseFile } from '../cases/case-file.ts';
import type { DeskContext } from './desk-context.ts';
import { errorOf } from './due-form-fields.tsx';
import { DeskForm } from './frame.tsx';

/** Signatures from a table instead of by hand: pasted, or as a file. */
export function CeremonyTable(props: {
  readonly context: DeskContext;
  readonly file: CaseFile;
  readonly faults: readonly FormFault[];
  readonly typed?: string;
}): VNode {
  const { context, file, faults, typed = '' } = props;
  const { ceremony } = context.said;
  return (
    <section class="decide" aria-labelledby="from-table">
      <h2 id="from-table">{ceremony.table}</h2>
      <p>{ceremony.tableHint}</p>
      <DeskForm context={context} action={`/cases/${file.id}/signatures`} version={file.version}>
        <TextArea
          name="table"
          label={ceremony.paste}
          value={typed}
          rows={6}
          {...errorOf(faults, 'table')}
        />
        <div class="buttons">
          <button type="submit" class="second">
            {ceremony.read}
          </button>
        </div>
      </DeskForm>
      <DeskForm
        context={context}
        action={`/cases/${file.id}/signatures/file`}
        files={{ version: String(file.version) }}
      >
        <FileField name="file" label={ceremony.file} accept=".csv,text/csv" />
        <div class="buttons">
          <button type="submit" class="second">
            {ceremony.read}
          </button>
        </div>
      </DeskForm>
    </section>
  );
}
