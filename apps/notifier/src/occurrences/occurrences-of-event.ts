import { uuidFrom, type AnyEvent } from '#ledger';
import type {
  ActionKind,
  CalendarDate,
  NotificationEvent,
  Recorded,
  TreatyEvent,
  TreatyRecord,
} from '#treaty';
import type { ViewStates } from '#views';
import type { ApproachOccurrence, EventOccurrence, Occurrence } from './occurrence.ts';
import { justBefore, placeOfDay, placeOfEvent } from './place.ts';
import type { RecordsThen } from './records-then.ts';

/** Days from one calendar date to another. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

const isOfTreaty = (recorded: Recorded<AnyEvent>): recorded is Recorded<TreatyEvent> =>
  recorded.stream.startsWith('treaty-');
const isNotification = (recorded: Recorded<AnyEvent>): recorded is Recorded<NotificationEvent> =>
  recorded.event.type === 'depositaryNotificationIssued';

/** An event as an occurrence: what it is about, and what it refers to. */
export function occurrenceOfEvent(
  recorded: Recorded<AnyEvent>,
  records: RecordsThen,
  states: ViewStates,
): EventOccurrence {
  const told = {
    id: recorded.id,
    place: placeOfEvent(recorded.position),
    position: recorded.position,
    time: recorded.recordedAt,
    recorded,
  };
  if (isNotification(recorded)) return { ...told, ...notificationIn(recorded, states) };
  if (isOfTreaty(recorded)) return { ...told, ...treatyEventIn(recorded, records) };
  const { event } = recorded;
  const about =
    'participant' in event && event.participant !== null
      ? [event.participant]
      : 'organization' in event
        ? [event.organization, event.member]
        : [];
  return {
    ...told,
    what: 'register',
    treaty: null,
    participants: about,
    kinds: [],
    refersTo: null,
  };
}

type About = Omit<EventOccurrence, 'id' | 'place' | 'position' | 'time' | 'recorded'>;

function treatyEventIn({ event, position }: Recorded<TreatyEvent>, records: RecordsThen): About {
  const { treaty } = event;
  switch (event.type) {
    case 'actionRecorded':
      return {
        what: 'action',
        treaty,
        participants: [event.participant],
        kinds: [event.kind],
        refersTo: null,
      };
    case 'actionCorrected':
    case 'actionAnnulled': {
      const before = find(records.at(treaty, justBefore(position)).record, event.action);
      const first = records
        .historyOf(treaty)
        .find(({ event: one }) => one.type === 'actionRecorded' && one.action === event.action);
      const changes = event.type === 'actionCorrected' ? event.changes : {};
      const now = { participant: changes.participant, kind: changes.kind };
      return {
        what: 'action',
        treaty,
        participants: distinct([before?.participant, now.participant]),
        kinds: distinct<ActionKind>([before?.kind, now.kind]),
        refersTo: first?.id ?? null,
      };
    }
    default: {
      const about = 'participant' in event && event.participant !== null ? [event.participant] : [];
      return { what: 'register', treaty, participants: about, kinds: [], refersTo: null };
    }
  }
}

function notificationIn({ event }: Recorded<NotificationEvent>, states: ViewStates): About {
  const actions = event.actions.flatMap((id) => {
    const { treaty, ordinal } = states.actions.byId.get(id) ?? { treaty: '', ordinal: -1 };
    return states.treaties.byId.get(treaty)?.record.actions[ordinal]?.current ?? [];
  });
  const { issued, byNumber } = states.notifications;
  const first = event.corrects === null ? undefined : issued[byNumber.get(event.corrects) ?? -1];
  return {
    what: 'notification',
    treaty: event.treaty,
    participants: distinct(actions.map(({ participant }) => participant)),
    kinds: distinct(actions.map(({ kind }) => kind)),
    refersTo: first?.id ?? null,
  };
}

const find = (record: TreatyRecord, action: string) =>
  record.actions.find(({ current }) => current.action === action)?.current;

const distinct = <Value>(values: readonly (Value | undefined)[]): Value[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];

/**
 * What follows from an event: another count of instruments, a date that is now known. First for the treaty that
 * it is of, then for each that may depend on it, so that every process gives each the same part.
 * @param dependent ids of treaties that are not the event's own, in order
 */
export function consequencesOf(
  recorded: Recorded<AnyEvent>,
  dependent: readonly string[],
  records: RecordsThen,
  dateAt: (instant: number) => CalendarDate,
): Occurrence[] {
  const asOf = dateAt(Date.parse(recorded.recordedAt));
  const found: Occurrence[] = [];
  if (isOfTreaty(recorded)) {
    const { treaty } = recorded.event;
    addChanges(found, treaty, recorded, records, asOf);
    addClosing(found, treaty, recorded, records, asOf);
  }
  for (const treaty of dependent) addChanges(found, treaty, recorded, records, asOf);
  return found;
}

/** Adds what an event changed in the count and the date of entry into force of a treaty. */
function addChanges(
  found: Occurrence[],
  treaty: string,
  recorded: Recorded<AnyEvent>,
  records: RecordsThen,
  asOf: CalendarDate,
): void {
  const { id, position } = recorded;
  const isOwn = 'treaty' in recorded.event && recorded.event.treaty === treaty;
  const then = records.at(treaty, position).record;
  // Without clauses a treaty depends on nothing else, and one that nobody had registered yet has none.
  if (!isOwn && then.finalClauses.entryIntoForce === null) return;
  const earlier = records.entryIntoForce(treaty, justBefore(position), asOf);
  const now = records.entryIntoForce(treaty, position, asOf);
  if (now.required !== null && now.required > 0 && now.counted !== earlier.counted)
    found.push({
      ...toldOf(found, treaty, recorded),
      what: 'count',
      id: isOwn ? uuidFrom('count', id) : uuidFrom('count', id, treaty),
      before: earlier.counted,
      after: now.counted,
      required: now.required,
    });
  if (now.date !== undefined && now.date !== earlier.date && now.date >= asOf) {
    const told = { ...toldOf(found, treaty, recorded), isNew: true };
    found.push(approach('entry-into-force', now.date, asOf, told));
  }
}

/** Adds the last days for signature that an event made known. */
function addClosing(
  found: Occurrence[],
  treaty: string,
  recorded: Recorded<AnyEvent>,
  records: RecordsThen,
  asOf: CalendarDate,
): void {
  const earlier = closingDates(records.at(treaty, justBefore(recorded.position)).record);
  for (const date of closingDates(records.at(treaty, recorded.position).record))
    if (date >= asOf && !earlier.includes(date)) {
      const told = { ...toldOf(found, treaty, recorded), isNew: true };
      found.push(approach('signature-closes', date, asOf, told));
    }
}

/** What the next occurrence of an event has in common with all: its place is the next part. */
const toldOf = (
  found: readonly Occurrence[],
  treaty: string,
  recorded: Recorded<AnyEvent>,
): Pick<ApproachOccurrence, 'place' | 'position' | 'time' | 'treaty'> & {
  recorded: Recorded<AnyEvent>;
} => ({
  place: placeOfEvent(recorded.position, found.length + 1),
  position: recorded.position,
  time: recorded.recordedAt,
  treaty,
  recorded,
});

/** Nobody asks for a longer notice. */
export const longestNotice = 400;

/**
 * The same date and number of days is the same occurrence, whether a day or an event brings it: so it has the
 * same id, and a receiver that gets both knows.
 */
function approach(
  what: ApproachOccurrence['what'],
  date: CalendarDate,
  today: CalendarDate,
  told: Omit<ApproachOccurrence, 'what' | 'id' | 'date' | 'days'>,
): ApproachOccurrence {
  const days = daysBetween(today, date);
  return { ...told, what, id: uuidFrom(what, told.treaty ?? '', date, String(days)), date, days };
}

/** The last days for signature that final clauses name. */
export const closingDates = ({ finalClauses }: TreatyRecord): CalendarDate[] =>
  distinct(
    (finalClauses.signature?.windows ?? []).map(({ until }) =>
      until === null || until === 'entry-into-force' ? undefined : until,
    ),
  );

/** The dates of a treaty as known when a day begins. */
export interface TreatyDatesThen {
  readonly treaty: string;
  readonly entryIntoForce: CalendarDate | null;
  /** Whether the day itself made it known: on the day before, the same events led to another date or to none. */
  readonly isNew: boolean;
  readonly closing: readonly CalendarDate[];
}

/** Whether a date is told of when a day begins: it has not passed, and somebody may ask for so long a notice. */
export const isNear = (date: CalendarDate, day: CalendarDate): boolean =>
  date >= day && daysBetween(day, date) <= longestNotice;

/**
 * What a day brings, when it begins with the ledger at a position: dates that are so many days away.
 * @param time the first instant of the day at the depositary's seat
 */
export function occurrencesOfDay(
  { day, position, time }: { day: CalendarDate; position: string; time: string },
  dates: Iterable<TreatyDatesThen>,
): ApproachOccurrence[] {
  const found: ApproachOccurrence[] = [];
  const add = (
    what: ApproachOccurrence['what'],
    treaty: string,
    date: CalendarDate,
    isNew: boolean,
  ): void => {
    if (!isNear(date, day)) return;
    const place = placeOfDay(position, day, found.length);
    const told = { place, position, time, treaty, recorded: null, isNew };
    found.push(approach(what, date, day, told));
  };
  for (const { treaty, entryIntoForce, isNew, closing } of dates) {
    if (entryIntoForce !== null) add('entry-into-force', treaty, entryIntoForce, isNew);
    for (const date of closing) add('signature-closes', treaty, date, false);
  }
  return found;
}
