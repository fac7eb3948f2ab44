import { describeTreaty } from './real-treaty.ts';

// Instrument of a predecessor State that the table of 2015 replaces by its successors'.
describeTreaty('unclos', {
  also: [['YUG', 'ratification', '1986-05-05']],
});
