import { describeTreaty } from './real-treaty.ts';

// Instruments of predecessor States that the table of 2015 replaces by their successors'.
describeTreaty('icerd', {
  also: [
    ['CSK', 'ratification', '1966-12-29'],
    ['YUG', 'ratification', '1967-10-02'],
  ],
});
