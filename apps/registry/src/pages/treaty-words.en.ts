import { many } from './many.en.ts';

/** What pages about one treaty say, in English: the list that every other language must match. */
export const treatyWords = {
  treaty: {
    parts: 'Parts of this treaty',
    overview: 'Overview',
    status: 'Status table',
    entryIntoForce: 'Entry into force',
    actions: 'Actions',
    changes: 'Changes',
    adopted: 'Adopted',
    adoptedAt: (date: string, place: string | null): string =>
      place === null ? date : `${date}, ${place}`,
    depositary: 'Depositary',
    registered: 'Treaty registered',
    source: 'Source',
    totals: 'Totals',
    signatories: (count: number): string => (count === 1 ? 'signatory' : 'signatories'),
    contracting: (count: number): string =>
      count === 1 ? 'contracting State or organization' : 'contracting States and organizations',
    parties: (count: number): string => (count === 1 ? 'party' : 'parties'),
    mapTitle: 'Where participants stand',
    mapSummary: (
      parties: number,
      contracting: number,
      signatories: number,
      former: number,
    ): string =>
      `Parties: ${parties}. Contracting States, not yet bound: ${contracting}. Signatories only: ${signatories}. Former parties: ${former}. The status table says it participant by participant.`,
    statusCaption: (date: string): string => `Status as at ${date}`,
    statements: 'Reservations, declarations and objections',
    noStatements: 'None is recorded.',
    notifications: 'Depositary notifications',
    noNotifications: 'None has been issued.',
    timeline: 'Timeline',
    downloads: 'Downloads and feeds',
    pdf: 'Status as at, for print (PDF)',
    calendar: 'Calendar (iCalendar)',
    beTold: 'Be told when something is recorded',
    beToldOfForce: 'Be told of the next instruments, and before the entry into force',
    definitions: 'What the words mean',
    clauses: 'The final clauses in words',
    noClauses:
      'The final clauses of this treaty are not recorded, so nothing is computed from them.',
    notComputed: 'Written in the treaty, and not computed here',
    rectifications: 'Rectifications of the text',
    cite: 'Cite this',
    citeHint:
      'Each form names the date and the ledger position: the address in it answers the same for ever.',
    inThisPage: 'On this page',
  },
  status: {
    participant: 'Participant',
    status: 'Status',
    signature: 'Signature',
    consent: 'Consent to be bound',
    partyFrom: 'In force from',
    find: 'Name contains',
    only: 'Status',
    anyStatus: 'Any',
    apply: 'Filter',
    shown: (shown: number, all: number): string => `${shown} of ${all}`,
    until: (date: string): string => `until ${date}`,
    earlier: (from: string | null, until: string | null): string =>
      `Before that a party ${from === null ? '' : `from ${from} `}${until === null ? '' : `until ${until}`}`.trim(),
    noticeReceived: (kind: string, date: string, effect: string | null): string =>
      `${kind} received ${date}${effect === null ? '' : `, effective ${effect}`}`,
    provisional: (date: string, until: string | null): string =>
      `Applied provisionally from ${date}${until === null ? '' : ` until ${until}`}`,
    predecessors: (names: string): string => `Predecessor: ${names}`,
    successors: (names: string): string => `Succeeded by: ${names}`,
    official: (reason: string, computed: string | null): string =>
      `Official date: ${reason}${computed === null ? '' : ` (computed: ${computed})`}`,
    bySuccession: 'by succession',
    article: (article: string): string => `art.\u00a0${article}`,
    dissolved: (date: string): string => `Ceased to exist ${date}`,
    statements: (count: number): string => many(count, 'statement', 'statements'),
    applies: (place: string, date: string): string => `Applies to ${place} since ${date}`,
    doesNotApply: (place: string, date: string): string =>
      `Does not apply to ${place} since ${date}`,
  },
  force: {
    title: 'Entry into force',
    reached: (counted: string, required: string): string =>
      `${counted} of ${required} instruments needed`,
    passed: (counted: string, required: string): string =>
      `${counted} instruments; ${required} were needed`,
    inForceSince: (date: string): string => `In force since ${date}.`,
    willBe: (date: string): string => `Enters into force on ${date}.`,
    ceased: (date: string): string => `Ceased to be in force on ${date}.`,
    pending: 'No date yet.',
    unknown: 'No date is computed: the rule, or a fact that it needs, is not recorded.',
    ifToday: (date: string): string =>
      `Were the last condition met on this date, it would enter into force on ${date}.`,
    article: (article: string): string => `Article ${article}`,
    conditions: 'Conditions',
    threshold: (required: number): string => many(required, 'instrument', 'instruments'),
    steps: 'The arithmetic',
    counted: 'Instruments that counted',
    notCounted: 'Instruments that did not count, and why',
    order: 'No.',
    deposit: 'Date of deposit',
    kind: 'Instrument',
    reason: 'Reason',
    official: 'Official date',
    computed: 'Computed date',
    why: 'How the date comes about',
    met: 'met',
    unmet: 'not met',
    notEvaluable: 'not evaluable',
  },
  timeline: {
    adopted: 'Adopted',
    opened: (place: string | null): string =>
      place === null ? 'Opened for signature' : `Opened for signature, ${place}`,
    closed: 'Last day for signature',
    year: (parts: string): string => parts,
    signatures: (count: number): string => many(count, 'signature', 'signatures'),
    consents: (count: number): string => many(count, 'consent to be bound', 'consents to be bound'),
    leavings: (count: number): string =>
      many(count, 'denunciation or withdrawal', 'denunciations or withdrawals'),
    others: (count: number): string => many(count, 'other act', 'other acts'),
    threshold: (number: string): string =>
      `Instrument no. ${number}, the last one needed, deposited`,
    inForce: 'Entry into force',
  },
  statement: {
    states: {
      standing: 'stands',
      'awaiting-confirmation': 'awaits confirmation when consenting',
      'not-confirmed': 'was not confirmed when consenting',
      'awaiting-acceptance': 'made late; the period for objections runs',
      'not-accepted': 'made late and objected to',
      withdrawn: 'withdrawn',
      ended: 'ended with the participation',
    } as Readonly<Record<string, string>>,
    confirmed: (date: string): string => `Confirmed ${date}.`,
    modified: (date: string): string => `Modified ${date}.`,
    withdrawn: (date: string): string => `Withdrawn ${date}.`,
    objectionsUntil: (date: string, from: string | undefined): string =>
      `Objections until ${date}${from === 'act' ? ', counted from the act: no notification of it was circulated' : ''}.`,
    objections: 'Objections',
    late: 'Made neither when signing nor when consenting.',
    afterTime: 'After the period for objections.',
  },
};

export type TreatyWords = typeof treatyWords;
