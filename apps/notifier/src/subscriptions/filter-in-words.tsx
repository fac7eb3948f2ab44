import type { ComponentChildren, VNode } from 'preact';
import { Facts, inLanguage, InstantText, unLanguages, type Fact, type Language } from '#pages';
import type { ViewStates } from '#views';
import { topics, wantsThresholds, type Filter } from '../subscribers/filter.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import type { MacScheme } from '../webhooks/mac.ts';
import { labelOf, nameOf, titleOf } from '../words/sentences.ts';
import { subscriptionWords } from './words.ts';

/** A subscription as its owner sees it. */
export interface Shown {
  readonly language: Language;
  readonly states: ViewStates;
  readonly row: SubscriberRow;
  /** The address; null where whoever looks has shown no right to it. */
  readonly target: string | null;
  /** Null for mail, or where it is nobody's business. */
  readonly mac: MacScheme | null;
}

/** What is subscribed to, in words, and with links into the register. */
export function FilterInWords(
  props: Shown & { readonly more?: readonly Fact[]; readonly since?: boolean },
): VNode {
  const { language, row, target, mac, more = [], since = true } = props;
  const said = subscriptionWords[language].facts;
  const filter = JSON.parse(row.filter) as Filter;
  const asks = filter.topics.length > 0;
  return (
    <Facts
      facts={[
        { name: said.toldBy, value: said[row.channel] },
        { name: said.address, value: target === null ? null : <code class="long">{target}</code> },
        {
          name: said.recorded,
          value: asks
            ? several(
                topics
                  .filter((topic) => filter.topics.includes(topic))
                  .map((topic) => subscriptionWords[language].topics[topic]),
              )
            : said.nothing,
        },
        { name: said.treaties, value: <Treaties {...props} filter={filter} /> },
        {
          name: said.participants,
          value: asks ? <Participants {...props} filter={filter} /> : null,
        },
        {
          name: said.kinds,
          value: !asks
            ? null
            : filter.kinds.length === 0
              ? said.everyKind
              : filter.kinds.map((kind) => labelOf(kind, language)).join(', '),
        },
        {
          name: said.ahead,
          value: wantsThresholds(filter) ? several(ahead(filter, language)) : null,
        },
        { name: said.when, value: said.rhythms[row.rhythm](row.time_zone) },
        {
          name: said.language,
          value: row.channel === 'mail' ? (unLanguages[row.language]?.name ?? row.language) : null,
        },
        { name: said.mac, value: mac === null ? null : said.macs[mac] },
        {
          name: said.since,
          value: since ? (
            <InstantText instant={new Date(row.created_at).toISOString()} language={language} />
          ) : null,
        },
        ...more,
      ]}
    />
  );
}

const several = (lines: readonly ComponentChildren[]): VNode =>
  lines.length === 1 ? (
    <>{lines}</>
  ) : (
    <ul class="several">
      {lines.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ul>
  );

/** What is told of numbers and dates ahead, a sentence for each. */
function ahead(filter: Filter, language: Language): string[] {
  const said = subscriptionWords[language].facts;
  const { counts, inForceInDays, signatureClosesInDays } = filter;
  return [
    ...(counts.length > 0 ? [said.counts(counts.toSorted((a, b) => a - b))] : []),
    ...(inForceInDays.length > 0 ? [said.inForceInDays(inForceInDays)] : []),
    ...(signatureClosesInDays.length > 0
      ? [said.signatureClosesInDays(signatureClosesInDays)]
      : []),
  ];
}

function Treaties({ filter, language, states }: Shown & { readonly filter: Filter }): VNode {
  if (filter.treaties.length === 0) return <>{subscriptionWords[language].facts.everyTreaty}</>;
  return several(
    filter.treaties.map((treaty) => {
      const title = titleOf(states, treaty, language);
      return (
        <>
          <a href={inLanguage(`/treaties/${encodeURIComponent(treaty)}`, language)}>{title}</a>
          {title !== treaty && <span class="quiet"> ({treaty})</span>}
        </>
      );
    }),
  );
}

function Participants({ filter, language, states }: Shown & { readonly filter: Filter }): VNode {
  if (filter.participants.length === 0)
    return <>{subscriptionWords[language].facts.everyParticipant}</>;
  return (
    <>
      {filter.participants.map((code, index) => (
        <>
          {index > 0 && ', '}
          <a href={inLanguage(`/participants/${encodeURIComponent(code)}`, language)}>
            {nameOf(states.participants.register, code, language)}
          </a>
        </>
      ))}
    </>
  );
}
