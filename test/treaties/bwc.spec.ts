import { describeTreaty } from './real-treaty.ts';

// The three depositary Governments deposited together, after the nineteen others needed.
describeTreaty('bwc', {
  acts: 'given',
  before: 19,
  also: [
    ['GBR', 'ratification', '1975-03-26'],
    ['USA', 'ratification', '1975-03-26'],
    ['SUN', 'ratification', '1975-03-26'],
  ],
});
