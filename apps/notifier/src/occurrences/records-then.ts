import {
  emptyParticipants,
  emptyRecord,
  entryIntoForceOf,
  evolve,
  evolveParticipants,
  otherTreatiesIn,
  type AnswerOptions,
  type CalendarDate,
  type EntryIntoForce,
  type ParticipantRegister,
  type Recorded,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import type { ViewStates } from '#views';
import { isAfter } from './place.ts';

/** A treaty as it was known at a position. */
export interface RecordThen {
  readonly record: TreatyRecord;
  /** How many of the treaty's events were known. */
  readonly known: number;
}

/** The participants as they were known at a position. */
export interface ParticipantsThen {
  readonly register: ParticipantRegister;
  /** How many of their events were known. */
  readonly known: number;
}

const rememberedTreaties = 2000;

/**
 * Treaties and participants as known at earlier positions, by which alone what followed from an event is
 * computed: so it is the same in every process, whatever was read since. A walk through the ledger asks for them
 * in order, just before each event and with it, so the last two asked of each are kept and gone on from; a
 * longer step back folds it again.
 */
export class RecordsThen {
  private readonly states: () => ViewStates;
  private readonly kept = new Map<string, LastTwo<RecordThen>>();
  private keptParticipants: LastTwo<ParticipantsThen> = [];

  constructor(states: () => ViewStates) {
    this.states = states;
  }

  /** The treaty as known at a position. */
  at(treaty: string, position: string): RecordThen {
    const entry = this.states().treaties.byId.get(treaty);
    const history = entry?.history ?? [];
    const known = knownAt(history, position);
    const kept = this.kept.get(treaty) ?? [];
    const found = kept.find((then) => then.known === known);
    if (found !== undefined) return found;
    if (entry !== undefined && known === history.length)
      return this.keep({ record: entry.record, known }, kept);
    const from = nearest(kept, known) ?? { record: emptyRecord(treaty), known: 0 };
    const record = history
      .slice(from.known, known)
      .reduce((fold, { event }) => evolve(fold, event), from.record);
    return this.keep({ record, known }, kept);
  }

  /** The participants as known at a position. */
  participantsAt(position: string): ParticipantsThen {
    const { history, register } = this.states().participants;
    const known = knownAt(history, position);
    const kept = this.keptParticipants;
    const found = kept.find((then) => then.known === known);
    if (found !== undefined) return found;
    const from = nearest(kept, known) ?? { register: emptyParticipants, known: 0 };
    const then =
      known === history.length
        ? { register, known }
        : {
            register: history
              .slice(from.known, known)
              .reduce((fold, { event }) => evolveParticipants(fold, event), from.register),
            known,
          };
    this.keptParticipants = [then, ...kept.slice(0, 1)];
    return then;
  }

  historyOf(treaty: string): readonly Recorded<TreatyEvent>[] {
    return this.states().treaties.byId.get(treaty)?.history ?? [];
  }

  treaties(): Iterable<string> {
    return this.states().treaties.byId.keys();
  }

  /** When the treaty enters into force, as of a date and by what was known at a position. */
  entryIntoForce(treaty: string, position: string, asOf: CalendarDate): EntryIntoForce {
    const { record } = this.at(treaty, position);
    const { register } = this.participantsAt(position);
    return entryIntoForceOf(record, register, this.optionsAt(treaty, position, asOf));
  }

  /** What answers about a treaty are made from besides: the treaties that its conditions ask about. */
  optionsAt(treaty: string, position: string, asOf: CalendarDate): AnswerOptions {
    const recordOf = (other: string): TreatyRecord | null => {
      const { record } = this.at(other, position);
      return record.registered === null ? null : record;
    };
    const { register } = this.participantsAt(position);
    return { asOf, elsewhere: otherTreatiesIn(recordOf, register, asOf, [treaty]) };
  }

  private keep(then: RecordThen, kept: LastTwo<RecordThen>): RecordThen {
    const { treaty } = then.record;
    this.kept.delete(treaty);
    this.kept.set(treaty, [then, ...kept.slice(0, 1)]);
    if (this.kept.size > rememberedTreaties) {
      const oldest = this.kept.keys().next();
      if (!oldest.done) this.kept.delete(oldest.value);
    }
    return then;
  }
}

/** The last folds made, the newest first: two at most. */
type LastTwo<Then> = readonly Then[];

/** The fold that lacks the fewest events. */
const nearest = <Then extends { readonly known: number }>(
  kept: LastTwo<Then>,
  known: number,
): Then | undefined =>
  kept.filter((then) => then.known < known).toSorted((a, b) => b.known - a.known)[0];

/** How many events are at a position or before it. */
function knownAt(history: readonly Recorded<unknown>[], position: string): number {
  // Most are asked about where all of them are known.
  const last = history.at(-1);
  if (last === undefined || !isAfter(last.position, position)) return history.length;
  let low = 0;
  for (let high = history.length; low < high;) {
    const middle = (low + high) >> 1;
    if (isAfter(history[middle]?.position ?? '', position)) high = middle;
    else low = middle + 1;
  }
  return low;
}
