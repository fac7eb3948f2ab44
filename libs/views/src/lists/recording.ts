import type { Recorded } from '#treaty';

const isPosition = (text: string): boolean => /^\d+$/.test(text);

/** Whether an event was recorded at or before an instant or position. */
export function isRecordedTo({ position, recordedAt }: Recorded<unknown>, to: string): boolean {
  return isPosition(to) ? BigInt(position) <= BigInt(to) : recordedAt <= to;
}

/** Whether an event was recorded at or after an instant or position. */
export function isRecordedFrom({ position, recordedAt }: Recorded<unknown>, from: string): boolean {
  return isPosition(from) ? BigInt(position) >= BigInt(from) : recordedAt >= from;
}
