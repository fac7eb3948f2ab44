import type { VNode } from 'preact';
import {
  DataTable,
  FileField,
  numberInWords,
  SelectField,
  TextField,
  type FormFault,
} from '#pages';
import { documentRoles } from '#treaty';
import type { CaseFile } from '../cases/case-file.ts';
import { isPermitted } from '../staff/permissions.ts';
import { CaseFrame, isOpen, type ShownCase } from './case-frame.tsx';
import type { DeskContext } from './desk-context.ts';
import { errorOf } from './due-form-fields.tsx';
import { DeskForm } from './frame.tsx';

/** The documents of a case, and the form that adds one. */
export function DocumentsPage(props: {
  readonly context: DeskContext;
  readonly shown: ShownCase;
  readonly faults?: readonly FormFault[];
  readonly told?: string | null;
}): VNode {
  const { context, shown, faults = [], told = null } = props;
  const { file } = shown;
  const { documents } = context.said;
  const mayChange = isOpen(file) && isPermitted(context.officer.roles, 'prepare-cases');
  return (
    <CaseFrame context={context} shown={shown} part="documents" faults={faults} told={told}>
      <h2>{documents.title}</h2>
      <DocumentTable context={context} file={file} mayRemove={mayChange} />
      {mayChange && (
        <DeskForm
          context={context}
          action={`/cases/${file.id}/documents`}
          files={{ version: String(file.version) }}
          guard="clean"
        >
          <div class="beside">
            <SelectField
              name="role"
              label={documents.role}
              choices={documentRoles.map((value) => ({ value, label: documents.roles[value] }))}
            />
            <TextField
              name="language"
              label={documents.language}
              hint={documents.languageHint}
              size={4}
              {...errorOf(faults, 'language')}
            />
          </div>
          <FileField
            name="document"
            label={documents.file}
            hint={documents.fileHint}
            accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff"
            {...errorOf(faults, 'document')}
          />
          <div class="buttons">
            <button type="submit">{documents.upload}</button>
          </div>
        </DeskForm>
      )}
    </CaseFrame>
  );
}

/** Documents with what identifies them. */
export function DocumentTable(props: {
  readonly context: DeskContext;
  readonly file: CaseFile;
  readonly mayRemove?: boolean;
}): VNode {
  const { context, file, mayRemove = false } = props;
  const { documents } = context.said;
  return (
    <DataTable
      language={context.language}
      caption={documents.caption}
      columns={[
        {
          key: 'name',
          label: documents.name,
          kind: 'heading',
          cell: ({ name, sha256 }) => (
            <a href={`/depositary/cases/${file.id}/documents/${sha256}`}>{name}</a>
          ),
        },
        {
          key: 'role',
          label: documents.role,
          cell: ({ role, language }) => (
            <span>
              {documents.roles[role]}
              {language !== null && ` (${language})`}
            </span>
          ),
        },
        {
          key: 'size',
          label: documents.size,
          cell: ({ size }) => `${numberInWords(Math.ceil(size / 1024), context.language)} kB`,
        },
        {
          key: 'digest',
          label: documents.digest,
          cell: ({ sha256 }) => <code title={sha256}>{sha256.slice(0, 12)}…</code>,
        },
        ...(mayRemove
          ? [
              {
                key: 'remove',
                label: documents.remove,
                cell: ({ sha256, name }: { sha256: string; name: string }) => (
                  <DeskForm
                    context={context}
                    action={`/cases/${file.id}/documents/${sha256}/removal`}
                    version={file.version}
                  >
                    <button type="submit" class="second">
                      {documents.remove} <span class="hidden">{name}</span>
                    </button>
                  </DeskForm>
                ),
              },
            ]
          : []),
      ]}
      rows={file.documents}
    />
  );
}
