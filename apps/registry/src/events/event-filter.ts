import type { AnyEvent } from '#ledger';
import type { ActionKind, ActionRecorded, Recorded } from '#treaty';
import type { ViewStates } from '#views';

/** Which events a listener wants; null wants all. */
export interface EventFilter {
  readonly treaty: string | null;
  readonly participant: string | null;
  readonly kind: ActionKind | null;
}

export type Wanted = (recorded: Recorded<AnyEvent>) => boolean;

/**
 * Whether an event is about what a listener asked for. A correction or an annulment is about the action it
 * names, so the action's participants and kinds count, those before a correction too: whoever followed the
 * wrong record must hear that it was wrong.
 */
export function wantedBy(filter: EventFilter, states: ViewStates): Wanted | null {
  const { treaty, participant, kind } = filter;
  if (treaty === null && participant === null && kind === null) return null;
  return ({ event }) =>
    (treaty === null || ('treaty' in event && event.treaty === treaty)) &&
    (participant === null || participantsIn(event, states).includes(participant)) &&
    (kind === null || actsIn(event, states).some((act) => act.kind === kind));
}

/** Every version of the actions that an event is about. */
function actsIn(event: AnyEvent, states: ViewStates): readonly Partial<ActionRecorded>[] {
  switch (event.type) {
    case 'actionRecorded':
      return [event];
    case 'actionCorrected':
    case 'actionAnnulled':
      return versionsOf(event.action, states);
    case 'depositaryNotificationIssued':
      return event.actions.flatMap((action) => versionsOf(action, states));
    default:
      return [];
  }
}

function versionsOf(action: string, states: ViewStates): readonly Partial<ActionRecorded>[] {
  const place = states.actions.byId.get(action);
  const entry = place === undefined ? undefined : states.treaties.byId.get(place.treaty);
  const recorded = place === undefined ? undefined : entry?.record.actions[place.ordinal];
  if (recorded === undefined) return [];
  return [recorded.first, ...recorded.corrections.map(({ changes }) => changes)];
}

function participantsIn(event: AnyEvent, states: ViewStates): readonly string[] {
  switch (event.type) {
    case 'participantRegistered':
    case 'participantRenamed':
    case 'participantDissolved':
      return [event.participant];
    case 'participantContinued':
      return [event.participant, event.predecessor];
    case 'membershipRecorded':
      return [event.organization, event.member];
    case 'officialDateRecorded':
      return event.participant === null ? [] : [event.participant];
    default:
      return actsIn(event, states).flatMap(({ participant }) => participant ?? []);
  }
}
