import { describeTreaty } from './real-treaty.ts';

// The Covenant's thirty-fifth instrument was Czechoslovakia's: the table of 2015 has its successors instead.
describeTreaty('iccpr-op1', {
  elsewhere: {
    iccpr: {
      also: [
        ['YUG', 'ratification', '1971-06-02'],
        ['DDR', 'ratification', '1973-11-08'],
        ['CSK', 'ratification', '1975-12-23'],
      ],
    },
  },
});
