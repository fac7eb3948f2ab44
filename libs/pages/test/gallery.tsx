import type { VNode } from 'preact';
import {
  Breadcrumbs,
  Button,
  Checkbox,
  DataTable,
  DateField,
  DateText,
  ErrorSummary,
  Facts,
  ForceTag,
  Layout,
  Notice,
  Pagination,
  SelectField,
  StatusMark,
  Tabs,
  TextArea,
  TextField,
  datePartsOf,
  type Language,
} from '#pages';

const statuses = ['party', 'contracting-state', 'signatory', 'former-party', 'none'] as const;

/** Every component once, for tests that look at them all. */
export function Gallery(props: {
  readonly language: Language;
  readonly direction?: 'ltr' | 'rtl';
}): VNode {
  const { language } = props;
  return (
    <Layout
      {...props}
      title="Gallery"
      address="/gallery"
      navigation={[
        { label: 'Treaties', href: '/treaties', current: true },
        { label: 'Participants', href: '/participants' },
      ]}
      footer={<p>The foot of the page.</p>}
      modules={['enhance.js']}
    >
      <Breadcrumbs language={language} trail={[{ label: 'Home', href: '/' }]} />
      <h1>Components</h1>
      <Tabs
        label="Parts"
        tabs={[
          { label: 'One', href: '#one', current: true },
          { label: 'Two', href: '#two', current: false },
        ]}
      />
      <Notice title="Kept">The record was kept.</Notice>
      <Notice tone="bad">Something is wrong.</Notice>
      <Facts
        facts={[
          { name: 'Adopted', value: <DateText date="2024-12-24" language={language} /> },
          { name: 'Left out', value: null },
        ]}
      />
      <DataTable
        language={language}
        caption="Where participants stand"
        id="standing"
        columns={[
          { key: 'name', label: 'Name', kind: 'heading', cell: (status) => status },
          {
            key: 'status',
            label: 'Status',
            cell: (status) => <StatusMark status={status} language={language} />,
          },
          { key: 'length', label: 'Letters', kind: 'number', cell: (status) => status.length },
        ]}
        rows={statuses}
        sorting={{ by: '-name', keys: ['name', 'length'], href: (order) => `?sort=${order}` }}
      />
      <p>
        <ForceTag state="in-force" language={language} />{' '}
        <ForceTag state="pending" language={language} />
      </p>
      <Pagination language={language} first="?" next="?cursor=1" />
      <Forms language={language} />
    </Layout>
  );
}

function Forms({ language }: { readonly language: Language }): VNode {
  return (
    <>
      <h2>A form</h2>
      <ErrorSummary
        language={language}
        faults={[{ field: 'deposited-day', sentence: 'Enter the date.' }]}
      />
      <form method="post">
        <TextField
          name="title"
          label="Title"
          hint="As on the instrument."
          value={'<script>alert("1")</script>'}
        />
        <SelectField
          name="kind"
          label="Kind"
          choices={[
            { value: '', label: 'Choose' },
            { value: 'a', label: 'Accession' },
          ]}
          value="a"
        />
        <TextArea name="text" label="Text" value="</textarea><b>bold</b>" error="Too long." />
        <DateField
          name="deposited"
          label="Date of deposit"
          language={language}
          parts={datePartsOf('2026-02-09')}
          error="Enter the date."
        />
        <Checkbox name="sure" label="I am sure" />
        <p class="buttons">
          <Button>Send</Button> <Button look="second">Preview</Button>{' '}
          <Button look="danger">Annul</Button>
        </p>
      </form>
    </>
  );
}
