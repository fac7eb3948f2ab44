import { describeTreaty } from './real-treaty.ts';

describeTreaty('escazu', {
  acts: 'given',
  before: 10,
  also: [
    ['ARG', 'ratification', '2021-01-22'],
    ['MEX', 'ratification', '2021-01-22'],
  ],
});
