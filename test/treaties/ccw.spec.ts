import { describeTreaty } from './real-treaty.ts';

// Instruments of predecessor States that the table of 2015 replaces by their successors'.
describeTreaty('ccw', {
  also: [
    ['DDR', 'ratification', '1982-07-20'],
    ['CSK', 'ratification', '1982-08-31'],
    ['YUG', 'ratification', '1983-05-24'],
  ],
});
