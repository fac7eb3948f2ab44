import { describeTreaty } from './real-treaty.ts';

describeTreaty('hague-abduction', {
  acts: 'given',
  also: [
    ['FRA', 'approval', '1982-09-16'],
    ['CAN', 'ratification', '1983-06-02'],
    ['PRT', 'ratification', '1983-09-29'],
  ],
});
