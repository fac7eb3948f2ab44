import { numberInWords } from '#pages';

const counted = (count: number, one: string, many: string): string =>
  `${numberInWords(count, 'en')} ${count === 1 ? one : many}`;
const things = (count: number | null): string =>
  count === null ? 'more than a thousand deliveries' : counted(count, 'delivery', 'deliveries');

const ofWhichFail = (waiting: number, failing: number): string => {
  if (failing === 0) return '';
  if (failing < waiting)
    return `; for ${numberInWords(failing, 'en')} of them the last attempt failed`;
  return waiting === 1
    ? ', and its last attempt failed'
    : '; for all of them the last attempt failed';
};

/** What the pages about deliveries say, in English: the list that the other language must match. */
export const deliveriesWords = {
  title: 'Deliveries',
  upTo: (when: string, position: string): string => `${when} (position ${position})`,
  atPosition: (position: string): string => `position ${position}`,
  nobody: 'Nobody has subscribed yet.',
  subscribeAt: 'People and programs subscribe without an account:',
  subscribePage: 'the page to subscribe',
  everyone: (upTo: string): string => `Everyone has been told of everything up to ${upTo}.`,
  everyoneBut: (upTo: string, digests: number): string =>
    `Everyone has been told of everything up to ${upTo}, but for ${counted(digests, 'digest that goes', 'digests that go')} out at the hour that was asked for.`,
  waiting: (waiting: number, failing: number): string =>
    `${counted(waiting, 'subscriber is', 'subscribers are')} still to be told something${ofWhichFail(waiting, failing)}.`,
  behind: (ledger: string, handedOut: string): string =>
    `The ledger is at position ${ledger}, and what was recorded after position ${handedOut} is not handed out to subscribers yet.`,
  nothingRecorded: 'Nothing is recorded yet, so there is nothing to tell.',
  pausedToo: (count: number): string =>
    `${counted(count, 'subscriber is', 'subscribers are')} paused after failures and told nothing until somebody sends to them again.`,
  late: 'Deliveries are late',
  lateHandingOut: (length: string): string =>
    `The oldest record that is not handed out was made ${length} ago. Make sure that a notifier is running, and read its log.`,
  lateTelling: (length: string): string =>
    `A subscriber that does not fail has been waiting for ${length}. Make sure that a notifier is running and not overloaded, and read its log.`,
  unfit:
    'This process cannot read the ledger or reach the notifier’s database, so what stands below may be old. /health and the log say why.',
  figures: {
    waiting: 'still to be told something',
    failing: 'failed last time',
    longest: 'longest wait of those that do not fail',
    noWait: 'none',
    digests: (count: number): string =>
      count === 1 ? 'waits for the hour of its digest' : 'wait for the hour of their digest',
  },
  ledgerAt: 'Last record of the ledger',
  handedOut: 'Handed out to subscribers',
  allHandedOut: (position: string): string => `everything, up to position ${position}`,
  handedOutUpTo: (position: string): string => `up to position ${position}`,
  attention: {
    title: 'Need attention',
    caption: 'Those that fail, then those paused, then those stopped; the longest failing first',
    none: 'Nobody needs attention.',
    noneOfThese: 'None of these.',
    filter: 'Which',
    all: 'All',
    active: 'Failing',
    paused: 'Paused',
    stopped: 'Stopped',
    subscriber: 'Subscriber',
    why: 'Why',
    since: 'Since',
    sinceUnknown: 'more than a month',
    next: 'Next attempt',
    noNext: 'none',
    lastFailure: 'Last failure',
    noFailure: 'none within a month',
  },
  counts: {
    title: 'Subscribers',
    caption: 'Subscribers by the way in which they are told',
    channel: 'Told by',
    total: 'All',
  },
  open: {
    title: 'Open a subscriber',
    label: 'Id of the subscriber',
    hint: 'As its owner was given it, and as logs name it: 5e0d6f3c-3c0a-4c51-9d8e-0d3b7f6a2b11. The register shows no addresses here.',
    open: 'Open',
  },
  channels: { webhook: 'Webhook', mail: 'Mail' },
  rhythms: {
    immediate: 'at once',
    daily: 'as a digest, once a day',
    weekly: 'as a digest, weekly',
  },
  states: { pending: 'Not confirmed', active: 'Active', paused: 'Paused', stopped: 'Stopped' },
  failing: 'Failing',
  why: {
    pending: 'It has not confirmed that it wants to be told.',
    failing: 'It failed for three days.',
    bounced: 'The mail server refused its mail for good.',
    gone: 'It said that it wants no more deliveries.',
    asked: 'It paused its own deliveries.',
    register: 'The fault is the register’s own: it is tried again for as long as that lasts.',
    attempts: (count: number): string =>
      counted(count, 'attempt failed.', 'attempts failed in a row.'),
  },
  inTime: (length: string): string => `in ${length}`,
  ago: (length: string): string => `${length} ago`,
  now: 'now',
  subscriber: {
    eyebrow: 'Subscriber',
    toldBy: 'Told by',
    subscribed: 'Subscribed',
    toldUpTo: 'Told up to',
    waiting: 'Still to be told',
    nothing: 'nothing',
    things,
    failingSince: 'Failing since',
    next: 'Next attempt',
    beingTold: 'being told now',
    again: 'Load the page again',
  },
  attempts: {
    title: 'Last attempts',
    caption: 'The newest first; kept for thirty days',
    none: 'No attempt within the last thirty days.',
    noneOlder: 'No older attempts.',
    when: 'When',
    what: 'What',
    attempt: 'Attempt',
    outcome: 'Outcome',
    outcomes: { delivered: 'Delivered', failed: 'Failed', gone: 'Refused for good' },
    code: (code: number): string => `code ${code}`,
    took: (milliseconds: number): string =>
      milliseconds < 1000
        ? `${Math.round(milliseconds)} ms`
        : `${(milliseconds / 1000).toFixed(1)} s`,
    kinds: {
      action: 'Action',
      notification: 'Depositary notification',
      register: 'Change of the register',
      count: 'Count of instruments',
      'entry-into-force': 'Entry into force',
      'signature-closes': 'Last day for signature',
      digest: 'Digest',
    } as Readonly<Record<string, string>>,
  },
  resend: {
    title: 'Send again',
    lead: 'What was received already comes under the same id, so that a receiver can leave duplicates out. Whoever sends again is noted in the audit trail.',
    digests:
      'It is told in digests: what is sent again comes with the next one, at the hour that was asked for.',
    endsPause: 'Sending again ends the pause.',
    what: 'What to send',
    now: (waiting: number | null): string =>
      waiting === 0
        ? 'Now: go on where it stopped'
        : `Now: what it has not been told yet (${things(waiting)})`,
    after: 'Everything after a position of the ledger',
    from: 'Everything recorded on a date or later',
    position: 'Position',
    positionHint: (ledger: string): string => `A number; the ledger is at ${ledger}.`,
    date: 'Date',
    send: 'Send again',
    sure: 'Yes, that is meant',
    faults: {
      choose: 'Choose what to send.',
      unclear:
        'A position or a date was typed that belongs to another choice; choose which is meant, and empty the other.',
      position: 'Write a position of the ledger: a number without spaces.',
      beyond: (ledger: string): string =>
        `The ledger is at position ${ledger}; after a later one there is nothing to send, and the subscriber would miss what comes until then.`,
      nothing:
        'Nothing that this subscriber asks for was recorded after that, so nothing would be sent.',
      many: (count: number | null): string =>
        `This sends ${things(count)}. Tick the box below if that is meant.`,
      leavesOut: (count: number | null): string =>
        `This leaves out ${things(count)} of which the subscriber has not been told yet. Choose an earlier position or date, or tick the box below if that is meant.`,
    },
    not: {
      pending:
        'Nothing is sent to this subscriber: it has not confirmed that it wants to be told. Only its owner can.',
      stopped:
        'Nothing is sent to this subscriber: it said that it wants no more deliveries. Its owner may subscribe again.',
      asked:
        'Nothing is sent to this subscriber: it paused its own deliveries. Only its owner ends the pause.',
    },
    done: {
      now: (count: number | null): string =>
        `What it had not been told yet is being sent: ${things(count)}.`,
      nothing: 'Nothing was left to be sent. It is active, and told of what comes.',
      after: (position: string, count: number | null): string =>
        `Everything after position ${position} is being sent again: ${things(count)}.`,
      from: (date: string, count: number | null): string =>
        `Everything recorded on ${date} or later is being sent again: ${things(count)}.`,
    },
    withDigest: 'It comes with the next digest.',
    look: 'Load the page again to see what came of it.',
  },
  unknown: {
    title: 'No subscriber has this id',
    lead: 'Its owner may have deleted it, and with it everything that the register knew of it. A subscription that is not confirmed is erased after three days.',
  },
  back: 'All deliveries',
};

export type DeliveriesWords = typeof deliveriesWords;
