import type { VNode } from 'preact';
import {
  DataTable,
  DateField,
  datePartsOf,
  dateInWords,
  FileField,
  Notice,
  TextArea,
  type FormFault,
} from '#pages';
import { actionKinds, type ActionKind, type TitledTreaty } from '#treaty';
import type { Difference, Reconciliation } from '../reconcile/reconcile.ts';
import type { StatusFile } from '../reconcile/status-file.ts';
import { TreatyField } from './case-lists.tsx';
import { kindIn, participantInWords } from './case-words.tsx';
import { at, deskPath, saidOf, type DeskContext } from './desk-context.ts';
import { errorOf } from './due-form-fields.tsx';
import { DeskForm, DeskFrame } from './frame.tsx';
import { ParticipantField, ParticipantList } from './instrument-form.tsx';
import { ofStatusFile } from './status-file-words.ts';

export interface Compared extends Reconciliation {
  readonly unread: StatusFile['unread'];
}

/** The register beside a status file from elsewhere, and the form that compares them. */
export function ReconcilePage(props: {
  readonly context: DeskContext;
  readonly treaties: readonly TitledTreaty[];
  readonly treaty: string;
  readonly asOf: string | null;
  readonly file: string;
  readonly compared: Compared | null;
  readonly faults?: readonly FormFault[];
}): VNode {
  const { context, treaties, treaty, asOf, file, compared, faults = [] } = props;
  const { reconcile } = context.said;
  return (
    <DeskFrame context={context} section="reconcile" title={reconcile.title} faults={faults}>
      <h1>{reconcile.title}</h1>
      <p>{reconcile.lead}</p>
      {compared !== null && <Differences context={context} compared={compared} />}
      <DeskForm context={context} action="/reconciliation" files={{}}>
        <div class="beside">
          <TreatyField
            context={context}
            treaties={treaties}
            value={treaty}
            {...errorOf(faults, 'treaty')}
          />
          <DateField
            language={context.language}
            name="asOf"
            label={reconcile.asOf}
            parts={datePartsOf(asOf)}
            {...errorOf(faults, 'asOf-day')}
          />
        </div>
        <TextArea
          name="text"
          label={reconcile.paste}
          value={file}
          rows={8}
          {...errorOf(faults, 'text')}
        />
        <FileField name="file" label={reconcile.file} accept=".csv,.xml,text/csv,text/xml" />
        <div class="buttons">
          <button type="submit">{reconcile.compare}</button>
        </div>
      </DeskForm>
    </DeskFrame>
  );
}

function Differences(props: { readonly context: DeskContext; readonly compared: Compared }): VNode {
  const { context, compared } = props;
  const { reconcile } = context.said;
  const side = (one: Difference['here'] | Difference['there']): string =>
    one === null ? '—' : `${kindIn(context, one.kind)}, ${dateInWords(one.date, context.language)}`;
  return (
    <section aria-label={reconcile.caption}>
      <Notice tone={compared.differences.length === 0 ? 'good' : 'warn'} alert>
        <p>
          {reconcile.agreed(compared.agreed)}{' '}
          {compared.differences.length === 0
            ? reconcile.none
            : `${reconcile.caption}: ${compared.differences.length}`}
        </p>
      </Notice>
      {compared.differences.length > 0 && (
        <DataTable
          language={context.language}
          caption={reconcile.caption}
          columns={[
            {
              key: 'participant',
              label: reconcile.participant,
              kind: 'heading',
              cell: ({ participant }) => participantInWords(context, participant),
            },
            {
              key: 'difference',
              label: reconcile.difference,
              cell: ({ difference }) => reconcile.kinds[difference],
            },
            { key: 'here', label: reconcile.here, cell: ({ here }) => side(here) },
            {
              key: 'there',
              label: reconcile.there,
              cell: ({ there }) => (
                <span>
                  {side(there)}
                  {there !== null && (
                    <span class="under">
                      {[ofStatusFile(context, there.where), ...there.footnotes].join(', ')}
                    </span>
                  )}
                </span>
              ),
            },
          ]}
          rows={compared.differences}
        />
      )}
      {compared.unread.length > 0 && (
        <>
          <h2>{reconcile.unread}</h2>
          <ul>
            {compared.unread.map(({ where, detail }) => (
              <li key={where}>
                {saidOf(context, ofStatusFile(context, where), ofStatusFile(context, detail))}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const kinds = Object.keys(actionKinds) as ActionKind[];

/** Model instruments to download, with what the register knows filled in. */
export function ModelsPage(props: {
  readonly context: DeskContext;
  readonly treaties: readonly TitledTreaty[];
  readonly treaty: string;
  readonly participant: string | null;
}): VNode {
  const { context, treaties, treaty, participant } = props;
  const { models } = context.said;
  const address = (kind: ActionKind, language: 'en' | 'fr'): string => {
    const query = new URLSearchParams({
      lang: language,
      ...(treaty !== '' && { treaty }),
      ...(participant !== null && { participant }),
    });
    return `/depositary/model-instruments/${kind}?${query}`;
  };
  return (
    <DeskFrame context={context} section="models" title={models.title}>
      <h1>{models.title}</h1>
      <p>{models.lead}</p>
      <ParticipantList context={context} />
      <form method="get" action={`${deskPath}/model-instruments`}>
        <input type="hidden" name="lang" value={context.language} />
        <div class="beside">
          <TreatyField context={context} treaties={treaties} value={treaty} />
          <ParticipantField
            context={context}
            name="participant"
            label={context.said.form.participant}
            value={participant}
          />
        </div>
        <div class="buttons">
          <button type="submit" class="second">
            {models.fill}
          </button>
        </div>
      </form>
      <DataTable
        language={context.language}
        caption={models.caption}
        columns={[
          {
            key: 'kind',
            label: models.kind,
            kind: 'heading',
            cell: (kind) => kindIn(context, kind),
          },
          {
            key: 'download',
            label: models.download,
            cell: (kind) => <Downloads context={context} kind={kind} addressIn={address} />,
          },
        ]}
        rows={kinds}
      />
      <p>
        <a href={at(context, '/cases/new')}>{context.said.open.title}</a>
      </p>
    </DeskFrame>
  );
}

function Downloads(props: {
  readonly context: DeskContext;
  readonly kind: ActionKind;
  readonly addressIn: (kind: ActionKind, language: 'en' | 'fr') => string;
}): VNode {
  const { context, kind, addressIn } = props;
  const { notice } = context.said;
  const one = (language: 'en' | 'fr', label: string): VNode => (
    <a href={addressIn(kind, language)}>
      {label}
      <span class="hidden"> {kindIn(context, kind)}</span>
    </a>
  );
  return (
    <span>
      {one('en', notice.english)} · {one('fr', notice.french)}
    </span>
  );
}
