import { emptyRecord, evolve, type Recorded, type TreatyEvent, type TreatyRecord } from '#treaty';
import { isOfTreaty, type View } from '../view.ts';

/** One treaty: its fold, and the events it came from, for what was known at an earlier instant. */
export interface TreatyEntry {
  record: TreatyRecord;
  readonly history: Recorded<TreatyEvent>[];
}

/** Treaties by id, in order of registration. */
export interface TreatiesState {
  readonly byId: Map<string, TreatyEntry>;
}

/** Every treaty with its record. */
export const treatiesView: View<TreatiesState> = {
  name: 'treaties',
  version: 1,
  initial: () => ({ byId: new Map() }),
  apply(state, event) {
    if (!isOfTreaty(event)) return state;
    const { treaty } = event.event;
    let entry = state.byId.get(treaty);
    if (entry === undefined) {
      entry = { record: emptyRecord(treaty), history: [] };
      state.byId.set(treaty, entry);
    }
    entry.record = evolve(entry.record, event.event);
    entry.history.push(event);
    return state;
  },
  // The records follow from the events, so only those are kept.
  snapshot: ({ byId }) => [...byId.values()].map(({ history }) => history),
  restore(json) {
    let state = this.initial();
    for (const history of json as Recorded<TreatyEvent>[][])
      for (const event of history) state = this.apply(state, event);
    return state;
  },
};
