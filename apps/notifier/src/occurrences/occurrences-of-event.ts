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
import { placeOfDay, placeOfEvent } from './place.ts';
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

function treatyEventIn({ event, revision }: Recorded<TreatyEvent>, records: RecordsThen): About {
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
      const before = find(records.withEvents(treaty, revision).record, event.action);
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

/** What follows from an event of a treaty: another count of instruments, a date that is now known. */
export function consequencesOf(
  recorded: Recorded<AnyEvent>,
  records: RecordsThen,
  dateAt: (instant: number) => CalendarDate,
): Occurrence[] {
  if (!isOfTreaty(recorded)) return [];
  const { treaty } = recorded.event;
  const asOf = dateAt(Date.parse(recorded.recordedAt));
  const before = records.withEvents(treaty, recorded.revision);
  const earlier = records.entryIntoForce(before, asOf);
  const earlierWindows = closingDates(before.record);
  const after = records.withEvents(treaty, recorded.revision + 1);
  const now = records.entryIntoForce(after, asOf);
  const { position, recordedAt: time } = recorded;
  const told = { position, time, treaty, recorded };
  const found: Occurrence[] = [];
  const place = () => placeOfEvent(position, found.length + 1);
  if (now.required !== null && now.required > 0 && now.counted !== earlier.counted)
    found.push({
      ...told,
      what: 'count',
      id: uuidFrom('count', recorded.id),
      place: place(),
      before: earlier.counted,
      after: now.counted,
      required: now.required,
    });
  if (now.date !== undefined && now.date !== earlier.date && now.date >= asOf)
    found.push(approach('entry-into-force', now.date, asOf, { ...told, place: place() }));
  for (const date of closingDates(after.record))
    if (date >= asOf && !earlierWindows.includes(date))
      found.push(approach('signature-closes', date, asOf, { ...told, place: place() }));
  return found;
}

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

/** What a day brings, when it begins with the ledger at a position: dates that are so many days away. */
export function occurrencesOfDay(
  day: CalendarDate,
  position: string,
  dates: Iterable<{
    treaty: string;
    entryIntoForce: CalendarDate | null;
    closing: readonly CalendarDate[];
  }>,
): ApproachOccurrence[] {
  const found: ApproachOccurrence[] = [];
  const add = (what: ApproachOccurrence['what'], treaty: string, date: CalendarDate): void => {
    if (date < day || daysBetween(day, date) > longestNotice) return;
    const place = placeOfDay(position, day, found.length);
    const time = `${day}T00:00:00.000Z`;
    found.push(approach(what, date, day, { place, position, time, treaty, recorded: null }));
  };
  for (const { treaty, entryIntoForce, closing } of dates) {
    if (entryIntoForce !== null) add('entry-into-force', treaty, entryIntoForce);
    for (const date of closing) add('signature-closes', treaty, date);
  }
  return found;
}
