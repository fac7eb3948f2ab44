import { describeTreaty } from './real-treaty.ts';

describeTreaty('tpnw', {
  acts: 'given',
  before: 49,
  also: [['HND', 'ratification', '2020-10-24']],
});
