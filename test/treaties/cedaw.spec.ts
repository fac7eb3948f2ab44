import { describeTreaty } from './real-treaty.ts';

// Instrument of a predecessor State that the table of 2015 lacks.
describeTreaty('cedaw', {
  also: [['DDR', 'ratification', '1980-07-09']],
});
