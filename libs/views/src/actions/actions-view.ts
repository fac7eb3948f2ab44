import type { Recorded, TreatyEvent } from '#treaty';
import { isOfTreaty, type View } from '../view.ts';

/** Where an action is found: its treaty, and its place among that treaty's actions. */
export interface ActionPlace {
  readonly treaty: string;
  readonly ordinal: number;
}

export interface ActionsState {
  readonly byId: Map<string, ActionPlace>;
  /** Number of actions recorded so far, by treaty. */
  readonly counts: Map<string, number>;
  /** Treaties in which a participant acts, by code, in order of the first action. */
  readonly treatiesOf: Map<string, Set<string>>;
}

/** Every action by its id, and the treaties of every participant. */
export const actionsView: View<ActionsState> = {
  name: 'actions',
  version: 1,
  initial: () => ({ byId: new Map(), counts: new Map(), treatiesOf: new Map() }),
  apply(state, event) {
    if (!isOfTreaty(event)) return state;
    index(state, event);
    return state;
  },
  snapshot: ({ byId, counts, treatiesOf }) => ({
    byId: [...byId].map(([action, { treaty, ordinal }]) => [action, treaty, ordinal]),
    counts: [...counts],
    treatiesOf: [...treatiesOf].map(([code, treaties]) => [code, [...treaties]]),
  }),
  restore(json) {
    const saved = json as {
      byId: [string, string, number][];
      counts: [string, number][];
      treatiesOf: [string, string[]][];
    };
    return {
      byId: new Map(saved.byId.map(([action, treaty, ordinal]) => [action, { treaty, ordinal }])),
      counts: new Map(saved.counts),
      treatiesOf: new Map(saved.treatiesOf.map(([code, treaties]) => [code, new Set(treaties)])),
    };
  },
};

function index(state: ActionsState, { event }: Recorded<TreatyEvent>): void {
  const acts = (participant: string): void => {
    const treaties = state.treatiesOf.get(participant) ?? new Set();
    state.treatiesOf.set(participant, treaties.add(event.treaty));
  };
  if (event.type === 'actionCorrected' && event.changes.participant !== undefined)
    acts(event.changes.participant);
  if (event.type !== 'actionRecorded') return;
  const ordinal = state.counts.get(event.treaty) ?? 0;
  state.counts.set(event.treaty, ordinal + 1);
  state.byId.set(event.action, { treaty: event.treaty, ordinal });
  acts(event.participant);
}
