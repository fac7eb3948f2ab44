import type { ActionFamily } from '#treaty';
import { numberInWords } from '#pages';

const counted = (count: number, one: string, many: string): string =>
  `${numberInWords(count, 'en')} ${count === 1 ? one : many}`;

/** Words with commas, and "or" before the last. */
const oneOf = (numbers: readonly number[]): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(numbers.map(String));

const families: Readonly<Record<ActionFamily, string>> = {
  consent: 'Consent to be bound',
  signature: 'Signature',
  'signature-and-consent': 'Signature that binds',
  'provisional-application': 'Provisional application',
  statement: 'Statements',
  territory: 'Territories',
  'withdrawal-from-treaty': 'Leaving the treaty',
  'withdrawal-of-act': 'Taking back before entry into force',
};

/**
 * What the pages for who subscribes say, in English: the list that the other language must match. What stands between
 * backticks is shown as code.
 */
export const subscriptionWords = {
  title: 'Be told what is recorded',
  short: 'Be told',
  home: 'Home',
  error: 'Problem',
  lead: 'Of everything, or of the treaties and participants you choose; at once, or as a digest. No account is needed.',
  consent:
    'Whoever owns the address is asked first, and nothing else is sent before the answer. The address is kept encrypted, shown to nobody, and erased when you leave.',
  feeds: 'To follow without giving an address, take a feed or a calendar:',
  feed: 'All actions (Atom)',
  notificationsFeed: 'Depositary notifications (Atom)',
  calendar: 'All dates (iCalendar)',
  form: {
    how: 'How you are told',
    channel: 'Told by',
    mail: 'Mail, to read',
    webhook: 'Webhook, for a program',
    mailNotOffered: 'This register sends no mail: a webhook calls a program of yours.',
    target: 'Address',
    targetMail: 'Such as name@example.org. A message with a link is sent there first.',
    targetWebhook:
      'The whole URL that is called, such as https://example.org/treaties. It must give back a challenge first.',
    contact: 'Contact, told when the webhook fails',
    contactHint:
      'A mail address, if you like. It is asked first, and told when deliveries fail for a day, are paused or have ended.',
    language: 'Language of the messages',
    mac: 'How your program knows who calls',
    macHint: 'As Standard Webhooks says. If you are unsure, keep the first.',
    v1: 'By a secret that both sides know (HMAC-SHA256, v1)',
    v1a: 'By a public key that is yours alone (Ed25519, v1a)',
    what: 'What you are told',
    topics: 'Told when it is recorded',
    topicsHint: 'Tick none to be told only of the numbers and dates below.',
    treaties: 'Treaties',
    treatiesHint: 'By number or title. Leave all empty for every treaty.',
    treaty: (n: number): string => `Treaty ${n}`,
    anotherTreaty: 'Another treaty',
    participants: 'Participants',
    participantsHint: 'By name or code. Leave all empty for every participant.',
    participant: (n: number): string => `Participant ${n}`,
    anotherParticipant: 'Another participant',
    kinds: 'Kinds of actions',
    onlyKinds: 'Only some kinds of actions',
    kindsHint: 'Tick none for every kind.',
    families,
    when: 'When you are told',
    rhythm: 'Of what is recorded',
    rhythms: {
      immediate: 'At once, a message for each',
      daily: 'Once a day at 8 in the morning, if there is anything',
      weekly: 'On Mondays at 8 in the morning, if there is anything',
    },
    webhookAtOnce: 'A webhook is called at once for each thing that is recorded.',
    timeZone: 'Time zone of the digest',
    timeZoneHint: 'Such as Europe/Paris or America/New_York.',
    ahead: 'Of numbers and dates ahead',
    aheadHint: 'Of the treaties chosen above, or of all. Leave empty what you do not want.',
    counts: 'When so many instruments count towards entry into force',
    countsHint: 'Numbers with commas between, such as 30, 39, 40.',
    inForceInDays: 'So many days before a treaty enters into force',
    inForceInDaysHint: 'Such as 30, 7, 0; 0 is the day itself.',
    signatureClosesInDays: 'So many days before a treaty closes for signature',
    signatureClosesInDaysHint: 'Such as 30, 7.',
    subscribe: 'Subscribe',
  },
  topics: {
    actions: 'Actions (signatures, ratifications, reservations and the rest) and their corrections',
    notifications: 'Depositary notifications',
    register: 'Changes of the register: treaties, final clauses, official dates, texts',
  },
  faults: {
    targetMissing: 'Write the address to send to.',
    tooLong: 'This is too long: write 2,000 characters at the most.',
    mailAddress: 'This is no mail address that can be written to; write it like name@example.org.',
    target: (sentence: string): string => sentence,
    treaty: (words: string): string =>
      `The register has no treaty “${words}”. Choose one from the list, or leave the field empty.`,
    participant: (words: string): string =>
      `The register has no participant “${words}”. Choose one from the list, or leave the field empty.`,
    numbers: (from: number, to: number): string =>
      `Write whole numbers from ${from} to ${to} with commas between, fifty at the most.`,
    tooMany: (most: number): string => `Choose ${most} at the most; leave all empty for every one.`,
    nothing:
      'Choose at least one thing to be told, or a number or a day below; else nothing would ever be sent.',
    choice: 'Choose one of those offered.',
    digestForWebhook: 'A webhook is told at once; choose mail for a digest.',
    timeZone: 'Write the name of a time zone, such as UTC or Europe/Paris.',
    unknownField: (name: string): string => `The form has no field “${name}”.`,
    mailNotOffered: 'This register sends no mail. Give the address of a webhook, or follow a feed.',
    mailNotSent: (why: string): string =>
      `${why} Nothing is kept of the address. Check it, and try again.`,
    contactNotSent: (why: string): string =>
      `The contact could not be asked, and nothing was changed. ${why}`,
    contactForWebhook: 'A contact is for webhooks; mail is told at its own address.',
    contactNotOffered:
      'A contact is told by mail, and this register sends none. Leave it out, and look at the subscription now and then.',
    addressFull: 'This address has 20 subscriptions already. Delete one of them first.',
    tooManyWait:
      'Too many subscriptions of this address or its host wait to be confirmed. Confirm those, or try again in three days.',
    starting: 'The register is still reading its ledger. Send the form again in a moment.',
    from: 'Write a date such as 2026-11-20, or a ledger position in digits.',
    fromAhead: (today: string): string =>
      `That day is still to come. Write ${today} or an earlier day.`,
    fromBeyond: (position: string): string =>
      `The ledger ends at position ${position}. Write that or an earlier one.`,
    notConfirmed:
      'The subscription is not confirmed yet: answer the challenge, or use the link in the message.',
    stopped:
      'The receiver said that it wants no more deliveries, which is for good. Subscribe again.',
    notWebhook: 'This is for webhooks only; mail carries no secret and no challenge.',
  },
  next: {
    mailSent: (address: string): string =>
      `A message was sent to ${address}. Open the link in it within three days: the subscription begins then, and not before.`,
    verified: 'The webhook gave the challenge back. You are told what is recorded from now on.',
    verifiedAlready: 'The webhook was verified already.',
    notVerified: (why: string): string => `The webhook is not verified yet. ${why}`,
    withoutChallenge: (code: number): string => `It answered ${code} without the challenge.`,
    answerChallenge: (type: string): string =>
      `Let it answer an event of type \`${type}\` with status 200 and \`{"challenge": "…"}\`, the challenge that is in the event. Then open the subscription and send the challenge again.`,
    called: (code: number | null): string => `The receiver answered ${code}.`,
    failed: 'The call failed.',
  },
  result: {
    active: 'You are subscribed',
    askedByMail: 'One more step: confirm by mail',
    notVerified: 'One more step: the webhook has to answer',
    once: 'Shown only now',
    onceLead:
      'Copy both before you leave this page. The register keeps neither in a form that it could show again.',
    link: 'Link to your subscription',
    linkHint: 'Whoever has it can change and delete the subscription.',
    secret: 'Secret to verify deliveries with',
    publicKey: 'Public key to verify deliveries with',
    newSecretLead:
      'Copy it now: the register cannot show it again. Until tomorrow at this time deliveries can be verified with the old one as well.',
    open: 'Open the subscription',
    wanted: 'What was asked for',
    another: 'Subscribe again',
  },
  facts: {
    toldBy: 'Told by',
    mail: 'Mail',
    webhook: 'Webhook',
    address: 'Address',
    recorded: 'Of what is recorded',
    nothing: 'Nothing as it is recorded',
    treaties: 'Treaties',
    everyTreaty: 'Every treaty',
    participants: 'Participants',
    everyParticipant: 'Every participant',
    kinds: 'Kinds of actions',
    everyKind: 'Every kind',
    ahead: 'Of numbers and dates ahead',
    counts: (numbers: readonly number[]): string =>
      `When ${oneOf(numbers)} instruments count towards entry into force, and when fewer do again`,
    inForceInDays: (days: readonly number[]): string => daysBefore(days, 'entry into force'),
    signatureClosesInDays: (days: readonly number[]): string =>
      daysBefore(days, 'the last day for signature'),
    when: 'When',
    rhythms: {
      immediate: (): string => 'At once',
      daily: (zone: string): string => `Once a day at 8 in the morning (${zone})`,
      weekly: (zone: string): string => `On Mondays at 8 in the morning (${zone})`,
    },
    language: 'Language',
    mac: 'Verified with',
    macs: { v1: 'Secret (HMAC-SHA256, v1)', v1a: 'Public key (Ed25519, v1a)' },
    since: 'Subscribed',
    toldUpTo: 'Told up to',
    position: (position: string): string => `ledger position ${position}`,
    next: 'Next attempt',
    nextDigest: 'Next digest',
    now: 'at once',
  },
  manage: {
    title: 'Your subscription',
    states: {
      pending: 'Not confirmed',
      active: 'Active',
      failing: 'Failing',
      paused: 'Paused',
      stopped: 'Stopped',
    },
    pendingWebhook: (type: string): string =>
      `The webhook has not given its challenge back, and nothing else is sent before. Let it answer an event of type \`${type}\` with status 200 and \`{"challenge": "…"}\`; then send the challenge again.`,
    pendingMail: 'Nobody has opened the link in the message yet, and nothing else is sent before.',
    pendingUntil: 'Unconfirmed, it is erased on',
    upToDate: 'Everything recorded so far that you asked for was sent.',
    onItsWay: 'More is on its way.',
    failing: (attempts: number): string =>
      `${counted(attempts, 'attempt has failed', 'attempts in a row have failed')}. Nothing is lost: what waits is sent in order as soon as an attempt succeeds. The list below says why.`,
    ownFault:
      'The fault is the register’s own: deliveries are tried again for as long as that lasts.',
    failingSince: 'It has been failing since',
    pausedOn: 'If none succeeds, it is paused on',
    pausedAsked: 'You paused it. What is recorded meanwhile waits until you resume.',
    pausedFailing:
      'For three days every attempt failed, so it was paused. Mend the receiver, send a test event, and resume: it goes on where it stopped.',
    pausedMailFailing:
      'For three days every attempt failed, so it was paused. Resume when the address takes mail again: it goes on where it stopped.',
    pausedBounced:
      'The mail server refused a message for good, so it was paused. Resume when the address takes mail again; else delete it, and subscribe with another address.',
    stopped:
      'The receiver answered 410, which says that it wants no more deliveries, ever. If that was a mistake, delete this subscription and subscribe again.',
    again: 'Subscribe again, with the same choices',
    doings: 'What you can do',
    pause: 'Pause',
    pauseWhat: 'Nothing is sent until you resume; what is recorded meanwhile waits.',
    resume: 'Resume',
    resumeWhat: 'It goes on where it stopped, and leaves nothing out.',
    verify: 'Send the challenge again',
    verifyWhat: 'The webhook is asked once more whether it wants the deliveries.',
    ping: 'Send a test event',
    pingWhat: (type: string): string =>
      `One event of type \`${type}\`, at once. It changes nothing.`,
    rotate: 'Make a new secret',
    rotateWhat:
      'It is shown once. For 24 hours deliveries can be verified with the old one as well, so that none fails while you change over.',
    replay: 'Send again',
    replayWhat:
      'What you asked for is sent again from a day or a ledger position on, under the same ids, so that a receiver can leave out what it has.',
    replayMailWhat: 'What you asked for is sent again from a day or a ledger position on.',
    fromDate: 'Recorded on this day or later',
    fromPosition: 'Recorded after this ledger position',
    byPosition: 'By ledger position',
    erase: 'Delete…',
    eraseWhat: 'The address and everything kept with it is erased. You are asked once more.',
    deliveries: 'Last deliveries',
    caption: 'The newest first; kept for thirty days',
    none: 'None yet.',
    when: 'When',
    what: 'What',
    attempt: 'Attempt',
    outcome: 'Outcome',
    outcomes: { delivered: 'Delivered', failed: 'Failed', gone: 'Refused for good' },
    code: (code: number): string => `code ${code}`,
    told: {
      action: 'Action',
      notification: 'Depositary notification',
      register: 'Change of the register',
      count: 'Number of instruments',
      'entry-into-force': 'Entry into force',
      'signature-closes': 'Last day for signature',
      digest: 'Digest',
    } as Readonly<Record<string, string>>,
  },
  contact: {
    title: 'Contact',
    why: 'A contact is told by mail when deliveries fail for a day, are paused or have ended. Without one, look here now and then.',
    none: 'Nobody is told when the webhook fails.',
    states: {
      pending: 'was asked, and has not confirmed yet',
      confirmed: 'is told when the webhook fails',
      bounced: 'is told nothing: the mail server refused the address; name another one',
    },
    address: 'Mail address of the contact',
    name: 'Ask this address to be the contact',
    replace: 'Ask another address in its place',
    erase: 'Erase the contact',
    eraseWhat:
      'Its address is erased at once, and it is told nothing more; the subscription stays.',
  },
  done: {
    paused: 'Deliveries are paused.',
    resumed: 'Deliveries go on.',
    replayed: 'What you asked for is being sent again.',
    pinged: 'The test event was delivered.',
    notPinged: 'The test event was not delivered.',
    newSecret: 'There is a new secret.',
    'contact-asked':
      'The contact was asked by mail to confirm, and is told nothing before; unconfirmed it is erased in three days.',
    'contact-already': 'This address is the contact already.',
    'contact-erased': 'The contact is erased; the subscription stays.',
  },
  erase: {
    title: 'Delete this subscription?',
    lead: 'Nothing more is sent, and the address and everything kept with it is erased at once. It cannot be undone.',
    erase: 'Delete it',
    keep: 'Keep it',
    erased: 'The subscription is deleted',
    erasedLead: 'Everything that was kept about it is erased, the address with it.',
  },
  confirm: {
    title: 'Confirm the subscription',
    lead: 'Somebody, we hope you, asked for this to be sent to the address at which you got the link. Nothing is sent before you confirm.',
    confirm: 'Confirm',
    not: 'If it was not you, close this page: the request is erased three days after it was made.',
    already: 'The subscription is confirmed already',
    confirmed: 'You are subscribed',
    confirmedLead:
      'The subscription is confirmed. You are told what is recorded from now on; each message has links to change and to end it.',
  },
  unsubscribe: {
    title: 'Unsubscribe?',
    lead: 'Nothing more is sent, and the address and everything kept with it is erased at once.',
    unsubscribe: 'Unsubscribe',
    instead: 'To pause instead, use the other link in the message.',
    unsubscribed: 'You are unsubscribed',
    unsubscribedLead: 'Everything about the subscription is erased, the address with it.',
  },
  unknownContact: {
    title: 'This link opens nothing any more',
    lead: 'The contact may have been erased or replaced, or the subscription deleted with it. Or a part of the link is missing: copy the whole of it.',
  },
  unknown: {
    title: 'This link opens no subscription',
    lead: 'It may have been deleted; one that is not confirmed is erased after three days. Or a part of the link is missing: copy the whole of it.',
  },
};

function daysBefore(days: readonly number[], what: string): string {
  const before = days.filter((n) => n > 0).toSorted((a, b) => b - a);
  const isOneDay = before.length === 1 && before[0] === 1;
  const ahead =
    before.length === 0 ? [] : [`${oneOf(before)} ${isOneDay ? 'day' : 'days'} before ${what}`];
  const itself = days.includes(0)
    ? [ahead.length === 0 ? `On the day of ${what}` : 'on the day itself']
    : [];
  return [...ahead, ...itself].join(' and ');
}

export type SubscriptionWords = typeof subscriptionWords;
