import { calendarDate } from '#treaty';
import { describeTreaty, members } from './real-treaty.ts';

// Samoa was the fifteenth State, with 54.57 per cent of the tonnage among them; how it was spread is not recorded.
describeTreaty('marpol-annex6', {
  acts: 'given',
  before: 14,
  also: [['WSM', 'accession', '2004-05-18']],
  figures: [
    {
      type: 'attributeTableRecorded',
      attribute: 'gross-tonnage',
      title: "Gross tonnage of the world's merchant fleet",
      unit: 'per cent',
      date: calendarDate('2004-01-01'),
      values: {
        ...Object.fromEntries(members.slice(0, 14).map((code) => [code, 3.89])),
        WSM: 0.11,
      },
      total: 100,
      source: 'IMO, as reported on 18 May 2004',
    },
  ],
});
