import { describeTreaty, members } from './real-treaty.ts';

// Which State was the tenth is not recorded; the day is.
describeTreaty('cites', {
  acts: 'given',
  before: 9,
  also: [[members.at(-1) ?? '', 'ratification', '1975-04-02']],
});
