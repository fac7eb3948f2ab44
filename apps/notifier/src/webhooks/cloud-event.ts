import { metadataOf } from '#ledger';
import { actionOfEvent } from '#treaty';
import type { ViewStates } from '#views';
import type { Occurrence } from '../occurrences/occurrence.ts';
import type { Timeline } from '../occurrences/timeline.ts';
import { whatChanged } from '../occurrences/what-changed.ts';
import { actionIn, nameOf, sentenceOf, titleOf } from '../words/sentences.ts';

/** Types of the events that are sent, by what they tell. Stored by receivers: they never change. */
export const cloudEventTypes = {
  actionRecorded: 'treaty-ledger.action.recorded.v1',
  actionCorrected: 'treaty-ledger.action.corrected.v1',
  actionAnnulled: 'treaty-ledger.action.annulled.v1',
  depositaryNotificationIssued: 'treaty-ledger.notification.issued.v1',
  register: 'treaty-ledger.register.changed.v1',
  count: 'treaty-ledger.count.changed.v1',
  'entry-into-force': 'treaty-ledger.entry-into-force.near.v1',
  'signature-closes': 'treaty-ledger.signature.closes.v1',
  ping: 'treaty-ledger.subscription.ping.v1',
  verification: 'treaty-ledger.subscription.verification.v1',
} as const;

/** A CloudEvent 1.0 in structured JSON. */
export interface CloudEventBody {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** The trace in which the fact was recorded, where there was one (Distributed Tracing extension). */
  readonly traceparent?: string;
  readonly data: object;
}

function typeOf(occurrence: Occurrence): string {
  if (!('kinds' in occurrence)) return cloudEventTypes[occurrence.what];
  const { type } = occurrence.recorded.event;
  return type in cloudEventTypes
    ? cloudEventTypes[type as keyof typeof cloudEventTypes]
    : cloudEventTypes.register;
}

/** An occurrence as a CloudEvent: what was recorded, what it changed, where to read more. */
export function cloudEventOf(
  occurrence: Occurrence,
  { timeline, states, source }: { timeline: Timeline; states: ViewStates; source: string },
): CloudEventBody {
  const { id, time, position, treaty, recorded } = occurrence;
  const metadata = recorded === null ? {} : metadataOf(recorded);
  const { traceparent, $correlationId: correlationId } = metadata;
  const changed = whatChanged(occurrence, timeline.records, (at) => timeline.dateAt(at));
  const { register } = states.participants;
  const about = 'participants' in occurrence ? occurrence.participants : [];
  return {
    specversion: '1.0',
    id,
    source: `${source}/`,
    type: typeOf(occurrence),
    ...subjectOf(occurrence),
    time,
    datacontenttype: 'application/json',
    ...(typeof traceparent === 'string' && { traceparent }),
    data: {
      position,
      ...(typeof correlationId === 'string' && { correlationId }),
      sentence: {
        en: sentenceOf(occurrence, states, 'en'),
        fr: sentenceOf(occurrence, states, 'fr'),
      },
      treaty:
        treaty === null
          ? null
          : { id: treaty, en: titleOf(states, treaty, 'en'), fr: titleOf(states, treaty, 'fr') },
      participants: about.map((code) => ({
        code,
        en: nameOf(register, code, 'en'),
        fr: nameOf(register, code, 'fr'),
      })),
      ...factIn(occurrence, states),
      ...(changed !== null && { changed }),
      links: linksOf(occurrence, source),
    },
  };
}

/** What is told itself, besides whom and which treaty it is about. */
function factIn(occurrence: Occurrence, states: ViewStates): object {
  if (occurrence.what === 'count') {
    const { before, after, required, recorded } = occurrence;
    return { count: { before, after, required }, followsFrom: recorded.id };
  }
  if (!('kinds' in occurrence)) {
    const { what, date, days, recorded } = occurrence;
    return { near: { what, date, days }, followsFrom: recorded?.id ?? null };
  }
  const { event } = occurrence.recorded;
  const { refersTo } = occurrence;
  const reference = refersTo === null ? {} : { refersTo };
  switch (event.type) {
    case 'actionRecorded': {
      const { type: _type, ...action } = event;
      return { action };
    }
    case 'actionCorrected':
    case 'actionAnnulled': {
      const { type: _type, ...correction } = event;
      const action = actionIn(states, event.treaty, event.action);
      return { ...reference, correction, action: action?.current ?? null, first: action?.first };
    }
    case 'depositaryNotificationIssued': {
      const { type: _type, draft: _draft, ...notification } = event;
      return { ...reference, notification };
    }
    default:
      return { fact: event };
  }
}

function subjectOf({ treaty, recorded, ...rest }: Occurrence): { subject?: string } {
  const event = recorded?.event;
  if ('kinds' in rest && event !== undefined) {
    const action = actionOfEvent(event);
    if (action !== null) return { subject: `actions/${action}` };
    if ('notification' in event) return { subject: `notifications/${event.notification}` };
  }
  return treaty === null ? {} : { subject: `treaties/${treaty}` };
}

function linksOf(occurrence: Occurrence, source: string): Readonly<Record<string, string>> {
  const { treaty, position, recorded } = occurrence;
  const action = actionOfEvent(recorded?.event ?? {});
  const at = treaty === null ? null : `${source}/treaties/${encodeURIComponent(treaty)}`;
  return {
    ...(at !== null && {
      treaty: at,
      status: `${at}/status?atLeast=${position}`,
      entryIntoForce: `${at}/entry-into-force?atLeast=${position}`,
    }),
    ...(action !== null && { action: `${source}/actions/${encodeURIComponent(action)}` }),
  };
}
