import { statusOf, type CalendarDate, type EntryIntoForce, type ParticipantStatus } from '#treaty';
import type { Occurrence } from './occurrence.ts';
import { justBefore } from './place.ts';
import type { RecordsThen } from './records-then.ts';

interface BeforeAfter<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** What an event changed in a treaty, as known when it was recorded. */
export interface WhatChanged {
  readonly asOf: CalendarDate;
  /** Where each participant that the event is about stood, and stands. */
  readonly status: readonly ({ readonly participant: string } & BeforeAfter<ParticipantStatus>)[];
  /** Instruments that count, of so many that are needed. */
  readonly counted: BeforeAfter<number> & { readonly required: number | null };
  readonly entryIntoForce: BeforeAfter<Pick<EntryIntoForce, 'state' | 'date'>>;
}

/**
 * Compares the treaty that an occurrence is about just before an event and just after it, be it an event of that
 * treaty or of another; null for what is no event of a treaty and does not follow from one.
 */
export function whatChanged(
  occurrence: Occurrence,
  records: RecordsThen,
  dateAt: (instant: number) => CalendarDate,
): WhatChanged | null {
  const { recorded, treaty } = occurrence;
  if (recorded === null || treaty === null) return null;
  if ('kinds' in occurrence && !recorded.stream.startsWith('treaty-')) return null;
  const { position, recordedAt } = recorded;
  const asOf = dateAt(Date.parse(recordedAt));
  const codes = 'participants' in occurrence ? occurrence.participants : [];
  const then = (known: string) => ({
    answer: records.entryIntoForce(treaty, known, asOf),
    standings: standings(treaty, known, records, asOf, codes),
  });
  const before = then(justBefore(position));
  const after = then(position);
  const brief = ({ state, date }: EntryIntoForce) => ({
    state,
    ...(date !== undefined && { date }),
  });
  return {
    asOf,
    status: codes.map((participant, index) => ({
      participant,
      before: before.standings[index] ?? 'none',
      after: after.standings[index] ?? 'none',
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
  treaty: string,
  position: string,
  records: RecordsThen,
  asOf: CalendarDate,
  codes: readonly string[],
): ParticipantStatus[] {
  if (codes.length === 0) return [];
  const { record } = records.at(treaty, position);
  const { register } = records.participantsAt(position);
  const { participants } = statusOf(record, register, records.optionsAt(treaty, position, asOf));
  return codes.map((code) => participants.find((row) => row.code === code)?.status ?? 'none');
}
