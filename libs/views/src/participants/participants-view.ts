import {
  emptyParticipants,
  evolveParticipants,
  type ParticipantEvent,
  type ParticipantRegister,
  type Recorded,
} from '#treaty';
import { isOfParticipants, type View } from '../view.ts';

export interface ParticipantsState {
  register: ParticipantRegister;
  readonly history: Recorded<ParticipantEvent>[];
}

/** All participants, and the events they came from. */
export const participantsView: View<ParticipantsState> = {
  name: 'participants',
  version: 1,
  initial: () => ({ register: emptyParticipants, history: [] }),
  apply(state, event) {
    if (!isOfParticipants(event)) return state;
    state.register = evolveParticipants(state.register, event.event);
    state.history.push(event);
    return state;
  },
  snapshot: ({ history }) => history,
  restore(json) {
    let state = this.initial();
    for (const event of json as Recorded<ParticipantEvent>[]) state = this.apply(state, event);
    return state;
  },
};
