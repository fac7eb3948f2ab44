/** Words that components say by themselves, in English: the list that every other language must match. */
export const componentWords = {
  register: 'The Treaty Ledger',
  skip: 'Skip to the content',
  sections: 'Sections',
  languages: 'Language',
  youAreHere: 'You are here',
  pages: 'Pages of the list',
  nextPage: 'Next page',
  firstPage: 'First page',
  errorSummary: 'There is a problem',
  day: 'Day',
  month: 'Month',
  year: 'Year',
  chooseMonth: 'Choose a month',
  dateHint: 'For example, 20 November 2026.',
  dateMissing: 'Enter the date.',
  dateIncomplete: 'Enter the day, the month and the year.',
  dateUnknown: 'There is no such date. Check the day, the month and the year.',
  sortBy: (column: string): string => `Sort by ${column}`,
  noRows: 'Nothing is recorded.',
  copy: 'Copy',
  copied: 'Copied',
  statuses: {
    signatory: 'Signatory',
    'contracting-state': 'Contracting State',
    party: 'Party',
    'former-party': 'Former party',
    none: 'No standing',
  },
  forceStates: {
    pending: 'Not yet in force',
    fixed: 'Date fixed',
    'in-force': 'In force',
    ceased: 'No longer in force',
    unknown: 'Not computed',
  },
  mapOfWorld: 'Map of the world',
  mapNote:
    'Outlines: Natural Earth, simplified. The boundaries and names on this map, and what it leaves out, express no opinion on the legal status of any territory.',
  noData: 'No action',
};

export type ComponentWords = typeof componentWords;
