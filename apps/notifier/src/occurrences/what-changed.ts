import {
  statusOf,
  type CalendarDate,
  type EntryIntoForce,
  type ParticipantStatus,
  type Recorded,
  type TreatyEvent,
} from '#treaty';
import type { Occurrence } from './occurrence.ts';
import type { RecordsThen, RecordThen } from './records-then.ts';

interface BeforeAfter<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** What an event of a treaty changed, as known when it was recorded. */
export interface WhatChanged {
  readonly asOf: CalendarDate;
  /** Where each participant that the event is about stood, and stands. */
  readonly status: readonly ({ readonly participant: string } & BeforeAfter<ParticipantStatus>)[];
  /** Instruments that count, of so many that are needed. */
  readonly counted: BeforeAfter<number> & { readonly required: number | null };
  readonly entryIntoForce: BeforeAfter<Pick<EntryIntoForce, 'state' | 'date'>>;
}

/** Compares the treaty just before an event and just after it; null for what is no event of a treaty. */
export function whatChanged(
  { recorded, ...occurrence }: Occurrence,
  records: RecordsThen,
  dateAt: (instant: number) => CalendarDate,
): WhatChanged | null {
  if (recorded === null || !recorded.stream.startsWith('treaty-')) return null;
  const { event, revision, recordedAt } = recorded as Recorded<TreatyEvent>;
  const asOf = dateAt(Date.parse(recordedAt));
  const then = (known: number) => {
    const at = records.withEvents(event.treaty, known);
    return { at, answer: records.entryIntoForce(at, asOf) };
  };
  const before = then(revision);
  const codes = 'participants' in occurrence ? occurrence.participants : [];
  const stood = standings(before.at, records, asOf, codes);
  const after = then(revision + 1);
  const stand = standings(after.at, records, asOf, codes);
  const brief = ({ state, date }: EntryIntoForce) => ({
    state,
    ...(date !== undefined && { date }),
  });
  return {
    asOf,
    status: codes.map((participant, index) => ({
      participant,
      before: stood[index] ?? 'none',
      after: stand[index] ?? 'none',
    })),
    counted: {
      before: before.answer.counted,
      after: after.answer.counted,
      required: after.answer.required,
    },
    entryIntoForce: { before: brief(before.answer), after: brief(after.answer) },
  };
}

function standings(
  { record, known }: RecordThen,
  records: RecordsThen,
  asOf: CalendarDate,
  codes: readonly string[],
): ParticipantStatus[] {
  if (codes.length === 0) return [];
  const elsewhere = records.elsewhere(record, known, asOf);
  const { participants } = statusOf(record, records.participants, { asOf, ...elsewhere });
  return codes.map((code) => participants.find((row) => row.code === code)?.status ?? 'none');
}
