import type { CalendarDate } from './calendar-date.ts';
import type { Refusal } from './commands.ts';
import { refuse } from './refusals.ts';

/** A text in the two languages in which the depositary circulates. */
export interface CirculatedText {
  readonly en: string;
  readonly fr: string;
}

/**
 * The depositary circulated a notification to the States entitled to become parties (VCLT 77(1)(e)). It
 * informs: it neither makes nor delays the effect of what it tells of, but periods for objections run from it.
 */
export interface DepositaryNotificationIssued {
  readonly type: 'depositaryNotificationIssued';
  /** `C.N.12.2026.TREATIES-XVIII.16`: unique, and never given again. */
  readonly notification: string;
  readonly year: number;
  /** Its number in the year, from 1, without gaps. */
  readonly serial: number;
  readonly treaty: string;
  readonly dateOfNotification: CalendarDate;
  readonly subject: CirculatedText;
  /** Paragraphs, a blank line between them. */
  readonly text: CirculatedText;
  /** Ids of the actions it tells of. */
  readonly actions: readonly string[];
  /** The date of entry into force, where it announces one (VCLT 77(1)(f)). */
  readonly announcesEntryIntoForce: CalendarDate | null;
  /** The earlier notification that this corrigendum corrects; that one stays as it was issued. */
  readonly corrects: string | null;
  /** The draft it was issued from: issuing a draft again gives the same notification. */
  readonly draft: string;
}

export type NotificationEvent = DepositaryNotificationIssued;

export interface IssueNotification {
  readonly treaty: string;
  readonly subject: CirculatedText;
  readonly text: CirculatedText;
  readonly actions: readonly string[];
  readonly announcesEntryIntoForce: CalendarDate | null;
  readonly corrects: string | null;
  readonly draft: string;
}

/** One year's notifications: the fold of the stream `notifications-<year>`. */
export interface NotificationSeries {
  readonly year: number;
  readonly issued: readonly DepositaryNotificationIssued[];
}

/** Nothing has been issued in that year yet. */
export const emptySeries = (year: number): NotificationSeries => ({ year, issued: [] });

/** The fold of one year's notifications. Total. */
export function evolveSeries(
  series: NotificationSeries,
  event: NotificationEvent,
): NotificationSeries {
  return { ...series, issued: [...series.issued, event] };
}

/** `XVIII-16`, 12, 2026 → `C.N.12.2026.TREATIES-XVIII.16`, as the Secretary-General numbers them. */
export function notificationNumber(treaty: string, serial: number, year: number): string {
  return `C.N.${serial}.${year}.TREATIES-${treaty.replaceAll('-', '.')}`;
}

export type NotificationDecision =
  | { readonly outcome: 'issued'; readonly event: DepositaryNotificationIssued }
  | { readonly outcome: 'unchanged'; readonly event: DepositaryNotificationIssued }
  | { readonly outcome: 'refused'; readonly refusals: readonly [Refusal, ...Refusal[]] };

const isBlank = ({ en, fr }: CirculatedText): boolean => en.trim() === '' || fr.trim() === '';

/**
 * Gives a notification the next number of its year. The number is the event's place in the year's stream, so
 * an append at the revision decided on can neither leave a gap nor give a number twice, whatever crashes.
 * @param earlier whether a notification with a number was issued, in this year or before
 */
export function decideNotification(
  command: IssueNotification,
  series: NotificationSeries,
  today: CalendarDate,
  earlier: (notification: string) => boolean,
): NotificationDecision {
  const known = series.issued.find(({ draft }) => draft === command.draft);
  if (known !== undefined) return { outcome: 'unchanged', event: known };
  const refused = (refusal: Refusal): NotificationDecision => ({
    outcome: 'refused',
    refusals: [refusal],
  });
  if (isBlank(command.subject) || isBlank(command.text))
    return refused(refuse('incomplete-notification', 'text', null));
  if (command.corrects !== null && !earlier(command.corrects))
    return refused(
      refuse('unknown-notification', 'corrects', {
        notification: command.corrects.slice(0, 80),
      }),
    );
  const serial = series.issued.length + 1;
  const { year } = series;
  const notification = notificationNumber(command.treaty, serial, year);
  return {
    outcome: 'issued',
    event: {
      type: 'depositaryNotificationIssued',
      notification,
      year,
      serial,
      dateOfNotification: today,
      ...command,
    },
  };
}
