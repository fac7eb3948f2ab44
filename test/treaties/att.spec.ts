import { describeTreaty } from './real-treaty.ts';

// Eight States deposited together, the forty-sixth to the fifty-third.
describeTreaty('att', {
  acts: 'given',
  before: 45,
  also: [
    ['ARG', 'ratification', '2014-09-25'],
    ['BHS', 'ratification', '2014-09-25'],
    ['BIH', 'ratification', '2014-09-25'],
    ['CZE', 'ratification', '2014-09-25'],
    ['PRT', 'ratification', '2014-09-25'],
    ['LCA', 'ratification', '2014-09-25'],
    ['SEN', 'ratification', '2014-09-25'],
    ['URY', 'ratification', '2014-09-25'],
  ],
});
