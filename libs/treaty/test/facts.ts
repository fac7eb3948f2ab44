import type { OfficialDateRecorded } from '../src/index.ts';
import { cybercrime, date, done, treaty } from './deciding.ts';

export const open = cybercrime();
export const france = done('FRA', 'signature', '2025-10-25');
export const ratified = done('FRA', 'ratification', '2026-03-02');
export const inForce: OfficialDateRecorded = {
  type: 'officialDateRecorded',
  treaty,
  participant: null,
  date: date('2026-06-01'),
  reason: 'C.N.200.2026.TREATIES-XVIII.16',
};
export const notice = done('FRA', 'denunciation', '2026-07-01');
export const reservation = done('FRA', 'reservation', '2026-03-02', {
  text: 'Article 17 excluded.',
});
