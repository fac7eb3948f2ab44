import type { ComponentChildren, VNode } from 'preact';
import { Layout, type Language } from '#pages';
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
  page: Page & { title: string; next: string; manage?: string | null; secret?: string | null },
): VNode {
  const { language, next, manage = null, secret = null } = page;
  const said = subscriptionWords[language];
  return (
    <Frame {...page}>
      <p>{next}</p>
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
export function AskPage(page: Page & { title: string; action: string }): VNode {
  return (
    <Frame {...page}>
      <form method="post" action={page.action}>
        <button type="submit">{page.title}</button>
      </form>
    </Frame>
  );
}

/** A subscription as who holds its token sees it. */
export function ManagePage(
  page: Page & {
    row: SubscriberRow;
    target: string;
    deliveries: readonly DeliveryRow[];
    /** The address of one of the subscription's doings, with the token. */
    doing: (what: string) => string;
  },
): VNode {
  const { language, row, target, deliveries, doing } = page;
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
      <h2>{said.deliveries}</h2>
      {deliveries.length === 0 ? (
        <p>{said.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              {[said.when, said.what, said.attempt, said.outcome].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {deliveries.map((one) => (
              <tr>
                <td>{new Date(one.at).toISOString().slice(0, 19)}</td>
                <td>
                  {one.what} <code>{one.occurrence}</code>
                </td>
                <td>{one.attempt}</td>
                <td>
                  {one.outcome} {one.code} {one.detail}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Frame>
  );
}
