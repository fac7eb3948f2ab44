import { calendarDate } from '#treaty';
import { describeTreaty, members } from './real-treaty.ts';

// Thirty States were there long before; Finland's tonnage brought the share to 35.14 per cent. How the rest was
// spread is not recorded.
describeTreaty('bwm', {
  acts: 'given',
  before: 51,
  also: [['FIN', 'acceptance', '2016-09-08']],
  figures: [
    {
      type: 'attributeTableRecorded',
      attribute: 'gross-tonnage',
      title: "Gross tonnage of the world's merchant fleet",
      unit: 'per cent',
      date: calendarDate('2016-08-01'),
      values: {
        ...Object.fromEntries(
          members
            .filter((code) => code !== 'FIN')
            .slice(0, 51)
            .map((code) => [code, 0.6836]),
        ),
        FIN: 0.2777,
      },
      total: 100,
      source: 'IMO, as reported on 8 September 2016',
    },
  ],
});
