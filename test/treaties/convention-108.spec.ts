import { describeTreaty } from './real-treaty.ts';

describeTreaty('convention-108', {
  acts: 'given',
  also: [
    ['SWE', 'ratification', '1982-09-29'],
    ['FRA', 'approval', '1983-03-24'],
    ['ESP', 'ratification', '1984-01-31'],
    ['NOR', 'ratification', '1984-02-20'],
    ['DEU', 'ratification', '1985-06-19'],
  ],
});
