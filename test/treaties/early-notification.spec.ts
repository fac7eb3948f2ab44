import { describeTreaty } from './real-treaty.ts';

describeTreaty('early-notification', {
  acts: 'given',
  also: [
    ['NOR', 'definitiveSignature', '1986-09-26'],
    ['DNK', 'definitiveSignature', '1986-09-26'],
    ['CSK', 'definitiveSignature', '1986-09-26'],
  ],
});
