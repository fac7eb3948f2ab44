import type { Recorded } from '#treaty';
import type { ViewStates } from '../known-at.ts';

const isPosition = (text: string): boolean => /^\d+$/.test(text);

/** Whether an event was recorded at or before an instant or position. */
export function isRecordedTo({ position, recordedAt }: Recorded<unknown>, to: string): boolean {
  return isPosition(to) ? BigInt(position) <= BigInt(to) : recordedAt <= to;
}

/** Whether an event was recorded at or after an instant or position. */
export function isRecordedFrom({ position, recordedAt }: Recorded<unknown>, from: string): boolean {
  return isPosition(from) ? BigInt(position) >= BigInt(from) : recordedAt >= from;
}

/** Position of the last event of any treaty or participant: changes with every list. */
export function lastPosition({ treaties, participants }: ViewStates): string {
  let last = BigInt(participants.history.at(-1)?.position ?? '0');
  for (const { history } of treaties.byId.values()) {
    const position = BigInt(history.at(-1)?.position ?? '0');
    if (position > last) last = position;
  }
  return String(last);
}
