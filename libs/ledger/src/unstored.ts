import { actionOfEvent, type Recorded, type TreatyEvent } from '#treaty';
import { streamOf } from './treaty-cache.ts';

/** An event as it will be, for an answer: what only the store knows is left open. */
export const unstored = (
  event: TreatyEvent,
  treaty: string,
  actor: string,
): Recorded<TreatyEvent> => ({
  event,
  id: '',
  stream: streamOf(treaty),
  revision: -1,
  position: '',
  recordedAt: '',
  actor,
});

/** The first action that events are about; null for none. */
export const actionIn = (events: readonly TreatyEvent[]): string | null =>
  events.map(actionOfEvent).find((action) => action !== null) ?? null;
