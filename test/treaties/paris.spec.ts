import { describe, it } from '@jest/globals';
import { calendarDate, findParticipant, type ActionKind } from '#treaty';
import { participants } from '../../libs/treaty/test/deciding.ts';
import { describeTreaty, hasData, rowsOf, type Act } from './real-treaty.ts';

const rows = hasData ? rowsOf('paris-agreement.csv') : [];
const kinds: Readonly<Record<string, ActionKind>> = {
  Ratification: 'ratification',
  Acceptance: 'acceptance',
  Approval: 'approval',
  Accession: 'accession',
};
const codeOf = (row: Readonly<Record<string, string>>): string =>
  findParticipant(participants, row['participant'] ?? '')?.code ?? row['iso3'] ?? '';
const deposits = rows.flatMap((row): Act[] => {
  const kind = kinds[row['kind'] ?? ''];
  const on = row['deposit'] ?? '';
  return kind === undefined || on === '' ? [] : [[codeOf(row), kind, on]];
});

// The table of 2023 shows only the acceptance with which the United States came back; its first one was among
// those that brought the share over 55 per cent.
if (hasData)
  describeTreaty('paris', {
    acts: 'given',
    also: [
      ...deposits,
      ['USA', 'acceptance', '2016-09-03'],
      ['USA', 'withdrawalFromTreaty', '2019-11-04'],
    ],
    figures: [
      {
        type: 'attributeTableRecorded',
        attribute: 'greenhouse-gas-emissions',
        title: 'Emissions communicated for the purposes of article 21 of the Paris Agreement',
        unit: 'per cent',
        date: calendarDate('2015-12-12'),
        values: Object.fromEntries(
          rows.map((row) => [codeOf(row), Number(row['emissions_percent'])]),
        ),
        total: 100,
        source: 'FCCC/CP/2015/10, annex I',
      },
    ],
  });
else
  describe.skip('Paris Agreement: the table of its deposits is not there', () =>
    it('', () => undefined));
