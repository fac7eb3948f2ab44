import type { CalendarDate } from '#treaty';

/**
 * A place in the one sequence of everything that a subscriber may be told, as a text that sorts: the ledger
 * position, the day that began after it (zeros for the event itself), and the part.
 */
export type Place = string;

const noDay = '00000000';
const placed = (position: string, day: string, part: number): Place =>
  `${position.padStart(20, '0')}.${day}.${String(part).padStart(4, '0')}`;

/** Before everything. */
export const beginning: Place = placed('0', noDay, 0);

/** Where an event stands, and what follows from it (part 1 and on). */
export const placeOfEvent = (position: string, part = 0): Place => placed(position, noDay, part);

/** After an event and all that follows from it, before any day that begins after it. */
export const afterEvent = (position: string): Place => placed(position, noDay, 9999);

/** Where what a day brings stands: the day began when the ledger was at this position. */
export const placeOfDay = (position: string, day: CalendarDate, part: number): Place =>
  placed(position, day.replaceAll('-', ''), part);

/** After everything that is known on a day when the ledger is at this position. */
export const placeNow = (position: string, day: CalendarDate): Place =>
  placed(position, day.replaceAll('-', ''), 9999);

/** The ledger position in a place, as the ledger writes it. */
export const positionIn = (place: Place): string => place.slice(0, 20).replace(/^0+(?=\d)/, '');

/** Orders two ledger positions, which may exceed what a number holds. */
export const isAfter = (a: string, b: string): boolean =>
  a.length === b.length ? a > b : a.length > b.length;

/** What an event was recorded upon: the position of all before it; of nothing, before the first. */
export const justBefore = (position: string): string =>
  position === '0' ? '' : String(BigInt(position) - 1n);
