import {
  emptyRecord,
  entryIntoForceOf,
  evolve,
  type AnswerOptions,
  type CalendarDate,
  type EntryIntoForce,
  type ParticipantRegister,
  type Recorded,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import { treatyKnown, type ViewStates } from '#views';
import { isAfter } from './place.ts';

/** A treaty as it was known at a position. */
export interface RecordThen {
  readonly record: TreatyRecord;
  /** How many of the treaty's events were known. */
  readonly known: number;
}

const rememberedTreaties = 2000;

/**
 * Treaties as known at earlier positions. A walk through the ledger asks for them in order, so the last one
 * asked of each treaty is kept and gone on from; a step back folds the treaty again.
 */
export class RecordsThen {
  private readonly states: () => ViewStates;
  private readonly last = new Map<string, RecordThen>();

  constructor(states: () => ViewStates) {
    this.states = states;
  }

  get participants(): ParticipantRegister {
    return this.states().participants.register;
  }

  /** The treaty with its first `known` events. */
  withEvents(treaty: string, known: number): RecordThen {
    const entry = this.states().treaties.byId.get(treaty);
    const history = entry?.history ?? [];
    const last = this.last.get(treaty);
    if (entry !== undefined && known === history.length) return this.keep(entry.record, known);
    const from = last !== undefined && last.known <= known ? last : null;
    const record = history
      .slice(from?.known ?? 0, known)
      .reduce((fold, { event }) => evolve(fold, event), from?.record ?? emptyRecord(treaty));
    return this.keep(record, known);
  }

  /** The treaty as known at a position. */
  at(treaty: string, position: string): RecordThen {
    return this.withEvents(treaty, knownAt(this.historyOf(treaty), position));
  }

  historyOf(treaty: string): readonly Recorded<TreatyEvent>[] {
    return this.states().treaties.byId.get(treaty)?.history ?? [];
  }

  treaties(): Iterable<string> {
    return this.states().treaties.byId.keys();
  }

  /** When the treaty enters into force by what was known then. */
  entryIntoForce({ record, known }: RecordThen, asOf: CalendarDate): EntryIntoForce {
    return entryIntoForceOf(record, this.participants, {
      asOf,
      ...this.elsewhere(record, known, asOf),
    });
  }

  /** Other treaties matter to few, and folding them as they were costs; the others do without. */
  elsewhere(
    record: TreatyRecord,
    known: number,
    asOf: CalendarDate,
  ): Pick<AnswerOptions, 'elsewhere'> {
    const depends = (record.finalClauses.entryIntoForce?.conditions ?? []).some(
      (condition) => 'treaty' in condition,
    );
    const last = this.historyOf(record.treaty)[known - 1];
    if (!depends || last === undefined) return {};
    const times = { asOf, asKnownAt: last.position };
    const then = treatyKnown(this.states(), record.treaty, times);
    return then === null ? {} : { elsewhere: then.elsewhere };
  }

  private keep(record: TreatyRecord, known: number): RecordThen {
    const then = { record, known };
    this.last.delete(record.treaty);
    this.last.set(record.treaty, then);
    if (this.last.size > rememberedTreaties) {
      const oldest = this.last.keys().next();
      if (!oldest.done) this.last.delete(oldest.value);
    }
    return then;
  }
}

/** How many events of a treaty are at a position or before it. */
function knownAt(history: readonly Recorded<TreatyEvent>[], position: string): number {
  let low = 0;
  for (let high = history.length; low < high;) {
    const middle = (low + high) >> 1;
    if (isAfter(history[middle]?.position ?? '', position)) high = middle;
    else low = middle + 1;
  }
  return low;
}
