import { expect, it } from '@jest/globals';
import { treatyNamed } from './treaty-named.ts';

const treaties = [
  {
    treaty: 'XVIII-16',
    title: 'United Nations Convention against Cybercrime',
    titleFr: null,
  },
  {
    treaty: 'XXVII-7',
    title: 'United Nations Framework Convention on Climate Change',
    titleFr: 'Convention-cadre des Nations Unies sur les changements climatiques',
  },
  { treaty: 'XXVII-7-a', title: 'Kyoto Protocol', titleFr: 'Protocole de Kyoto' },
];

it.each([
  ['XVIII-16', 'XVIII-16'],
  ['xviii 16', 'XVIII-16'],
  // The whole number of one, though another's begins with it.
  ['XXVII-7', 'XXVII-7'],
  ['cybercrime', 'XVIII-16'],
  ['  CYBERCRIME. ', 'XVIII-16'],
  ['Convention-câdre', 'XXVII-7'],
  ['protocole de kyoto', 'XXVII-7-a'],
  ['united nations', null],
  ['whales', null],
  ['', null],
  [' - ', null],
])('%j names %s', (words, treaty) => {
  expect(treatyNamed(treaties, words)?.treaty ?? null).toBe(treaty);
});

it('takes no words for a title that are shorter than asked', () => {
  expect(treatyNamed(treaties, 'kyo')?.treaty).toBe('XXVII-7-a');
  expect(treatyNamed(treaties, 'kyo', 4)).toBe(null);
});
