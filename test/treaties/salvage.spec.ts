import { describeTreaty, members } from './real-treaty.ts';

// Which State was the fifteenth is not recorded; the day is.
describeTreaty('salvage', {
  acts: 'given',
  before: 14,
  also: [[members.at(-1) ?? '', 'ratification', '1995-07-14']],
});
