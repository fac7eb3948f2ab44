import {
  emptyRecord,
  evolveAll,
  type Recorded,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import { isOfTreaty, type View } from '../view.ts';

/** One treaty: the events recorded of it, and their fold, made when it is asked for. */
export class TreatyEntry {
  readonly history: Recorded<TreatyEvent>[] = [];
  private folded: TreatyRecord;
  private foldedCount = 0;

  constructor(treaty: string) {
    this.folded = emptyRecord(treaty);
  }

  get record(): TreatyRecord {
    if (this.foldedCount < this.history.length) {
      this.folded = evolveAll(
        this.folded,
        this.history.slice(this.foldedCount).map(({ event }) => event),
      );
      this.foldedCount = this.history.length;
    }
    return this.folded;
  }
}

/** Treaties by id, in order of registration. */
export interface TreatiesState {
  readonly byId: Map<string, TreatyEntry>;
  /** Position of the last event of any treaty. */
  lastPosition: string;
}

/** Every treaty with its record. */
export const treatiesView: View<TreatiesState> = {
  name: 'treaties',
  version: 1,
  initial: () => ({ byId: new Map(), lastPosition: '0' }),
  apply(state, event) {
    if (!isOfTreaty(event)) return state;
    put(state, event);
    return state;
  },
  // The records follow from the events, so only those are kept.
  snapshot: ({ byId }) => [...byId.values()].map(({ history }) => history),
  restore(json) {
    const state = this.initial();
    for (const history of json as Recorded<TreatyEvent>[][])
      for (const event of history) put(state, event);
    return state;
  },
};

function put(state: TreatiesState, event: Recorded<TreatyEvent>): void {
  const { treaty } = event.event;
  let entry = state.byId.get(treaty);
  if (entry === undefined) {
    entry = new TreatyEntry(treaty);
    state.byId.set(treaty, entry);
  }
  entry.history.push(event);
  if (BigInt(event.position) > BigInt(state.lastPosition)) state.lastPosition = event.position;
}
