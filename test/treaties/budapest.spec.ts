import { describeTreaty } from './real-treaty.ts';

describeTreaty('budapest', {
  acts: 'given',
  also: [
    ['ALB', 'ratification', '2002-06-20'],
    ['HRV', 'ratification', '2002-10-17'],
    ['EST', 'ratification', '2003-05-12'],
    ['HUN', 'ratification', '2003-12-04'],
    ['LTU', 'ratification', '2004-03-18'],
  ],
});
