import type { VNode } from 'preact';
import { DataTable, inLanguage, InstantText, Tag, type Language, type Tone } from '#pages';
import { actionOfEvent } from '#treaty';
import type { ViewStates } from '#views';
import { failureInFrench } from '../operations/failure-sentences.fr.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import type { Place } from '../occurrences/place.ts';
import type { Timeline } from '../occurrences/timeline.ts';
import type { DeliveryRow } from '../subscribers/tables.ts';
import { sentenceOf } from '../words/sentences.ts';
import { subscriptionWords } from './words.ts';

/** An attempt, and what was told by it; null for a digest, and for what the register does not have any more. */
export interface LoggedDelivery extends DeliveryRow {
  readonly about: Occurrence | null;
}

/** Attempts with what they told. Each occurrence is looked up once, however often it was tried. */
export function logged(
  rows: readonly DeliveryRow[],
  timeline: Pick<Timeline, 'between'>,
): LoggedDelivery[] {
  const known = new Map<Place, Occurrence | null>();
  return rows.map((row) => {
    if (row.what === 'digest') return { ...row, about: null };
    if (!known.has(row.place)) known.set(row.place, occurrenceAt(timeline, row.place));
    return { ...row, about: known.get(row.place) ?? null };
  });
}

function occurrenceAt(timeline: Pick<Timeline, 'between'>, place: Place): Occurrence | null {
  // A text sorts after its own beginning, and between them stands no place that differs in more than the last figure.
  for (const occurrence of timeline.between(place.slice(0, -1), place, true))
    if (occurrence.place === place) return occurrence;
  return null;
}

const tones: Readonly<Record<DeliveryRow['outcome'], Tone>> = {
  delivered: 'good',
  failed: 'bad',
  gone: 'bad',
};

/** The last attempts to tell a subscriber, newest first. */
export function DeliveryLog(props: {
  readonly language: Language;
  readonly states: ViewStates;
  readonly deliveries: readonly LoggedDelivery[];
}): VNode {
  const { language, states, deliveries } = props;
  const said = subscriptionWords[language].manage;
  if (deliveries.length === 0) return <p>{said.none}</p>;
  return (
    <DataTable
      language={language}
      caption={said.caption}
      columns={[
        {
          key: 'when',
          label: said.when,
          kind: 'heading',
          cell: ({ at }) => (
            <InstantText instant={new Date(at).toISOString()} language={language} />
          ),
        },
        {
          key: 'what',
          label: said.what,
          cell: ({ what, about }) => <What {...{ language, states, what, about }} />,
        },
        { key: 'attempt', label: said.attempt, cell: ({ attempt }) => attempt },
        {
          key: 'outcome',
          label: said.outcome,
          cell: (one) => <Outcome language={language} of={one} />,
        },
      ]}
      rows={deliveries}
    />
  );
}

function What(props: {
  readonly language: Language;
  readonly states: ViewStates;
  readonly what: string;
  readonly about: Occurrence | null;
}): VNode {
  const { language, states, what, about } = props;
  const kind = subscriptionWords[language].manage.told[what] ?? what;
  if (about === null) return <span>{kind}</span>;
  return (
    <span>
      <a href={inLanguage(pathOf(about), language)}>
        {sentenceOf(about, states, language, 'number')}
      </a>
      <span class="under">{kind}</span>
    </span>
  );
}

/** Where the register tells more of what was told. */
function pathOf({ treaty, recorded }: Occurrence): string {
  const event = recorded?.event;
  const action = actionOfEvent(event ?? {});
  if (action !== null) return `/actions/${encodeURIComponent(action)}`;
  if (event?.type === 'depositaryNotificationIssued')
    return `/notifications/${encodeURIComponent(event.notification)}`;
  return treaty === null ? '/participants' : `/treaties/${encodeURIComponent(treaty)}`;
}

function Outcome(props: { readonly language: Language; readonly of: DeliveryRow }): VNode {
  const { language, of } = props;
  const { outcome, code, detail } = of;
  const said = subscriptionWords[language].manage;
  return (
    <span>
      <Tag tone={tones[outcome]}>{said.outcomes[outcome]}</Tag>{' '}
      {detail !== null && <Why language={language} sentence={detail} />}
      {detail === null && code !== null && <span class="under">{said.code(code)}</span>}
    </span>
  );
}

/** Why an attempt failed, in the language of the page where it has the sentence; else marked as English. */
function Why(props: { readonly language: Language; readonly sentence: string }): VNode {
  const { language, sentence } = props;
  if (language === 'en') return <span>{sentence}</span>;
  const french = failureInFrench(sentence);
  return french === null ? <span lang="en">{sentence}</span> : <span>{french}</span>;
}
