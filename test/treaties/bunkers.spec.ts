import { calendarDate } from '#treaty';
import { describeTreaty, members } from './real-treaty.ts';

// Five of the States before it had ships of more than a million gross tonnage; Sierra Leone's was the eighteenth
// instrument. How the tonnage was spread is not recorded.
describeTreaty('bunkers', {
  acts: 'given',
  before: 17,
  also: [['SLE', 'accession', '2007-11-21']],
  figures: [
    {
      type: 'attributeTableRecorded',
      attribute: 'gross-tonnage',
      title: "Gross tonnage of the world's merchant fleet",
      unit: 'gross tonnage',
      date: calendarDate('2007-01-01'),
      values: Object.fromEntries(members.slice(0, 5).map((code) => [code, 1_000_000])),
      total: 700_000_000,
      source: 'IMO',
    },
  ],
});
