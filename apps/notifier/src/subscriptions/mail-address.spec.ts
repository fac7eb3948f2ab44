import { expect, test } from '@jest/globals';
import { mailAddressIn } from './mail-address.ts';

test.each([
  [' Legal.Office+treaties@Mission.EXAMPLE ', 'Legal.Office+treaties@mission.example'],
  ["o'neill@a.b-c.example", "o'neill@a.b-c.example"],
  ['bureau.général@mission.example', 'bureau.général@mission.example'],
  ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
  ['a@b@mission.example', null],
  ['a,b@mission.example', null],
  ['a b@mission.example', null],
  ['a\r\nBcc: b@mission.example', null],
  ['a\u0001b@mission.example', null],
  ['a\u0085b@mission.example', null],
  ['a\u202eb@mission.example', null],
  ['a@mission', null],
  ['a@127.0.0.1', null],
  ['a@10.0', null],
  ['a@[127.0.0.1]', null],
  ['@mission.example', null],
])('of %j, %j can be written to', (typed, target) => {
  expect(mailAddressIn(typed)?.target ?? null).toBe(target);
});
