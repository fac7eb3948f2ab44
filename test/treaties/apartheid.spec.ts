import { describeTreaty } from './real-treaty.ts';

// Instruments of predecessor States that the table of 2015 replaces by their successors'.
describeTreaty('apartheid', {
  also: [
    ['DDR', 'ratification', '1974-08-12'],
    ['CSK', 'ratification', '1976-03-25'],
    ['YUG', 'ratification', '1975-07-01'],
  ],
});
