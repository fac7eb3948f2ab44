import type { ComponentChildren, VNode } from 'preact';
import { DataTable, Layout, type Column, type Language } from '#pages';
import type { ContactRow } from '../contacts/contact-tables.ts';
import type { DeliveryRow, SubscriberRow } from '../subscribers/tables.ts';
import { subscriptionWords } from './words.ts';

interface Page {
  readonly language: Language;
  /** The page's own address, without any token. */
  readonly address: string;
}

function Frame(props: Page & { title: string; children: ComponentChildren }): VNode {
  const { language, address, title, children } = props;
  return (
    <Layout language={language} title={title} address={address} navigation={[]}>
      <h1>{title}</h1>
      {children}
    </Layout>
  );
}

function Text(props: { name: string; label: string; value?: string; required?: boolean }): VNode {
  const { name, label, value = '', required = false } = props;
  return (
    <p>
      <label for={name}>{label}</label>
      <br />
      <input id={name} name={name} value={value} required={required} size={60} />
    </p>
  );
}

function Choice(props: {
  name: string;
  label: string;
  of: readonly (readonly [string, string])[];
}): VNode {
  const { name, label, of } = props;
  return (
    <p>
      <label for={name}>{label}</label>
      <br />
      <select id={name} name={name}>
        {of.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </p>
  );
}

/** The form that makes a subscription. */
export function SubscribePage(page: Page & { mailOffered: boolean }): VNode {
  const { language, mailOffered } = page;
  const said = subscriptionWords[language];
  return (
    <Frame {...page} title={said.title}>
      <p>{said.intro}</p>
      {!mailOffered && <p>{said.mailNotOffered}</p>}
      <form method="post" action={`/subscriptions?lang=${language}`}>
        <Choice
          name="channel"
          label={said.channel}
          of={[['webhook', said.webhook], ...(mailOffered ? [['mail', said.mail] as const] : [])]}
        />
        <Text name="target" label={said.target} required />
        <fieldset>
          <legend>{said.topics}</legend>
          {(['actions', 'notifications', 'register'] as const).map((topic) => (
            <p key={topic}>
              <input
                type="checkbox"
                id={`topic-${topic}`}
                name="topics"
                value={topic}
                checked={topic !== 'register'}
              />{' '}
              <label for={`topic-${topic}`}>{said[topic]}</label>
            </p>
          ))}
        </fieldset>
        <Text name="treaties" label={said.treaties} />
        <Text name="participants" label={said.participants} />
        <Text name="kinds" label={said.kinds} />
        <Text name="counts" label={said.counts} />
        <Text name="inForceInDays" label={said.inForceInDays} />
        <Text name="signatureClosesInDays" label={said.signatureClosesInDays} />
        <Choice
          name="rhythm"
          label={said.rhythm}
          of={[
            ['immediate', said.immediate],
            ...(mailOffered
              ? ([
                  ['daily', said.daily],
                  ['weekly', said.weekly],
                ] as const)
              : []),
          ]}
        />
        <Text name="timeZone" label={said.timeZone} value="UTC" />
        <Choice
          name="mac"
          label={said.mac}
          of={[
            ['v1', said.v1],
            ['v1a', said.v1a],
          ]}
        />
        {mailOffered && <Text name="contact" label={said.contactField} />}
        <input type="hidden" name="language" value={language} />
        <p>
          <button type="submit">{said.subscribe}</button>
        </p>
      </form>
    </Frame>
  );
}

/** What came of a request, with the link and the secret that are shown only now. */
export function ResultPage(
  page: Page & {
    title: string;
    next: string;
    /** What else was done. */
    also?: string | null;
    manage?: string | null;
    secret?: string | null;
  },
): VNode {
  const { language, next, also = null, manage = null, secret = null } = page;
  const said = subscriptionWords[language];
  return (
    <Frame {...page}>
      <p>{next}</p>
      {also !== null && <p>{also}</p>}
      {manage !== null && (
        <p>
          {said.keep} <a href={manage}>{said.manage}</a>
        </p>
      )}
      {secret !== null && (
        <p>
          {said.secret} <code>{secret}</code>
        </p>
      )}
    </Frame>
  );
}

/** A page that asks before it does something: a program that only follows links changes nothing. */
export function AskPage(
  page: Page & { title: string; action: string; about?: string | null },
): VNode {
  const { about = null } = page;
  return (
    <Frame {...page}>
      {about !== null && <p>{about}</p>}
      <form method="post" action={page.action}>
        <button type="submit">{page.title}</button>
      </form>
    </Frame>
  );
}

/** The contact of a webhook as who named it sees it; the instant is milliseconds since 1970. */
export interface ShownContact {
  readonly address: string;
  readonly state: ContactRow['state'];
  readonly namedAt: number;
}

/** Who is told when a webhook fails, and the forms that change it. */
function Contact(
  props: Pick<Page, 'language'> & {
    contact: ShownContact | null;
    mailOffered: boolean;
    doing: (what: string) => string;
  },
): VNode {
  const { language, contact, mailOffered, doing } = props;
  const said = subscriptionWords[language];
  const standing = {
    pending: said.contactPending,
    confirmed: said.contactConfirmed,
    bounced: said.contactBounced,
  };
  return (
    <>
      <h2>{said.contact}</h2>
      <p>
        {contact === null ? said.contactNone : `${contact.address} ${standing[contact.state]}.`}
      </p>
      {mailOffered && (
        <form method="post" action={doing('contact')}>
          <p>{said.contactWhy}</p>
          <Text name="contact" label={said.contactNew} required />
          <button type="submit">{contact === null ? said.contactName : said.contactReplace}</button>
        </form>
      )}
      {contact !== null && (
        <form method="post" action={doing('contact/erasure')}>
          <button type="submit">{said.contactErase}</button>
        </form>
      )}
    </>
  );
}

/** A subscription as who holds its token sees it. */
export function ManagePage(
  page: Page & {
    row: SubscriberRow;
    target: string;
    contact: ShownContact | null;
    mailOffered: boolean;
    deliveries: readonly DeliveryRow[];
    /** The address of one of the subscription's doings, with the token. */
    doing: (what: string) => string;
  },
): VNode {
  const { language, row, target, contact, mailOffered, deliveries, doing } = page;
  const said = subscriptionWords[language];
  const Button = ({ what, label }: { what: string; label: string }): VNode => (
    <form method="post" action={doing(what)}>
      <button type="submit">{label}</button>
    </form>
  );
  const webhook = row.channel === 'webhook';
  return (
    <Frame {...page} title={said.manage}>
      <p>
        {target} · {said.state}: {said[row.state]}
        {row.reason !== null && ` (${row.reason})`}
      </p>
      {row.state === 'active' && <Button what="pause" label={said.pause} />}
      {row.state === 'paused' && <Button what="resumption" label={said.resume} />}
      {row.state === 'pending' && webhook && <Button what="verification" label={said.verify} />}
      {webhook && <Button what="ping" label={said.ping} />}
      {webhook && <Button what="secrets" label={said.rotate} />}
      {row.state !== 'pending' && (
        <form method="post" action={doing('replay')}>
          <Text name="from" label={said.from} required />
          <button type="submit">{said.replay}</button>
        </form>
      )}
      <Button what="erasure" label={said.erase} />
      {webhook && (mailOffered || contact !== null) && (
        <Contact {...{ language, contact, mailOffered, doing }} />
      )}
      <Deliveries language={language} deliveries={deliveries} />
    </Frame>
  );
}

function Deliveries(props: Pick<Page, 'language'> & { deliveries: readonly DeliveryRow[] }): VNode {
  const { language, deliveries } = props;
  const said = subscriptionWords[language];
  const columns: readonly Column<DeliveryRow>[] = [
    {
      key: 'when',
      label: said.when,
      cell: ({ at }) => new Date(at).toISOString().slice(0, 19).replace('T', ' '),
    },
    {
      key: 'what',
      label: said.what,
      cell: ({ what, occurrence }) => (
        <span>
          {what} <code>{occurrence}</code>
        </span>
      ),
    },
    { key: 'attempt', label: said.attempt, cell: ({ attempt }) => attempt, kind: 'number' },
    {
      key: 'outcome',
      label: said.outcome,
      cell: ({ outcome, code, detail }) => `${outcome} ${code ?? ''} ${detail ?? ''}`.trim(),
    },
  ];
  return (
    <>
      <h2>{said.deliveries}</h2>
      {deliveries.length === 0 ? (
        <p>{said.none}</p>
      ) : (
        <DataTable
          language={language}
          caption={said.newestFirst}
          columns={columns}
          rows={deliveries}
        />
      )}
    </>
  );
}
