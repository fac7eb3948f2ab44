import { instantInWords, type Language } from '#pages';
import { patienceWithFailures } from '../engine/schedule.ts';
import { failureInFrench } from '../operations/failure-sentences.fr.ts';
import { positionIn } from '../occurrences/place.ts';
import type { Timeline } from '../occurrences/timeline.ts';
import type { Subscriptions } from '../subscribers/subscriptions.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { contactWords } from './contact-words.ts';

/**
 * A webhook as its contact sees it: by its host alone, because the rest of the address may be a secret between the
 * register and who subscribed it. Instants are ISO 8601 in UTC.
 */
export interface WebhookStanding {
  readonly subscription: string;
  readonly host: string;
  readonly state: SubscriberRow['state'];
  readonly reason: string | null;
  readonly failingSince: string | null;
  readonly lastFailure: {
    readonly at: string;
    readonly code: number | null;
    readonly detail: string;
  } | null;
  /** Everything up to here that concerns it was told. */
  readonly position: string;
  readonly recordedAt: string | null;
}

const instant = (at: number): string => new Date(at).toISOString();

/** How deliveries to a webhook stand. */
export async function standingOf(
  row: SubscriberRow,
  { subscriptions, timeline }: { subscriptions: Subscriptions; timeline: Timeline },
): Promise<WebhookStanding> {
  const deliveries = await subscriptions.deliveriesOf(row.id, 20);
  const failed = deliveries.find(({ outcome }) => outcome !== 'delivered');
  const position = positionIn(row.place);
  return {
    subscription: row.id,
    host: new URL(subscriptions.targetOf(row)).host,
    state: row.state,
    reason: row.reason,
    failingSince: row.failing_since === null ? null : instant(row.failing_since),
    lastFailure:
      failed === undefined
        ? null
        : { at: instant(failed.at), code: failed.code, detail: failed.detail ?? '' },
    position,
    recordedAt: timeline.recordedAt(position),
  };
}

/** Whether who is its contact may resume it: a webhook that its owner paused, or that said it is gone, it may not. */
export const mayResume = ({ state, reason }: Pick<WebhookStanding, 'state' | 'reason'>): boolean =>
  state === 'paused' && reason === 'failing';

/** What happened to a webhook, the last failure and how far it was told: a sentence or two each. */
export function standingInWords(standing: WebhookStanding, language: Language): string[] {
  const { state, failingSince, lastFailure, position, recordedAt } = standing;
  const said = contactWords[language];
  const inWords = (at: string): string => instantInWords(at, language);
  const isFailing = failingSince !== null || mayResume(standing);
  const recorded = recordedAt === null ? null : inWords(recordedAt);
  const told = said.toldUpTo(position, recorded);
  return [
    happened(standing, language),
    ...(lastFailure === null || !(isFailing || state === 'stopped')
      ? []
      : [said.lastFailure(inWords(lastFailure.at), failureInWords(lastFailure.detail, language))]),
    ...(state === 'pending'
      ? []
      : [isFailing && state !== 'stopped' ? `${told} ${said.kept}` : told]),
  ];
}

/** Why a delivery failed; as it was written down where it has no words in a language. */
const failureInWords = (detail: string, language: Language): string =>
  (language === 'fr' ? failureInFrench(detail) : null) ?? detail;

function happened(standing: WebhookStanding, language: Language): string {
  const { host, state, failingSince, lastFailure } = standing;
  const said = contactWords[language];
  const inWords = (at: string): string => instantInWords(at, language);
  switch (state) {
    case 'pending':
      return said.pending(host);
    case 'stopped':
      return said.stopped(host, lastFailure === null ? null : inWords(lastFailure.at));
    case 'paused':
      return mayResume(standing) && failingSince !== null
        ? said.paused(host, inWords(failingSince))
        : said.pausedByOwner(host);
    case 'active': {
      if (failingSince === null) return said.active(host);
      const until = instant(Date.parse(failingSince) + patienceWithFailures);
      return said.failing(host, inWords(failingSince), inWords(until));
    }
  }
}
