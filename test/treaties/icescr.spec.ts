import { describeTreaty } from './real-treaty.ts';

// Instruments of predecessor States that the table of 2015 replaces by their successors'.
describeTreaty('icescr', {
  also: [
    ['YUG', 'ratification', '1971-06-02'],
    ['DDR', 'ratification', '1973-11-08'],
    ['CSK', 'ratification', '1975-12-23'],
  ],
});
