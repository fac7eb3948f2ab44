import { describeTreaty } from './real-treaty.ts';

// Forty others were there before the last of the three depositary Governments.
describeTreaty('npt', {
  acts: 'given',
  before: 40,
  also: [
    ['GBR', 'ratification', '1968-11-27'],
    ['USA', 'ratification', '1970-03-05'],
    ['SUN', 'ratification', '1970-03-05'],
  ],
});
