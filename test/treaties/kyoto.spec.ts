import { calendarDate } from '#treaty';
import { describeTreaty } from './real-treaty.ts';

/** Shares of Annex I Parties in total carbon dioxide emissions of 1990, FCCC/CP/1997/7/Add.1, annex. */
const values = {
  AUS: 2.1,
  AUT: 0.4,
  BEL: 0.8,
  BGR: 0.6,
  CAN: 3.3,
  CZE: 1.2,
  DNK: 0.4,
  EST: 0.3,
  FIN: 0.4,
  FRA: 2.7,
  DEU: 7.4,
  GRC: 0.6,
  HUN: 0.5,
  ISL: 0,
  IRL: 0.2,
  ITA: 3.1,
  JPN: 8.5,
  LVA: 0.2,
  LIE: 0,
  LUX: 0.1,
  MCO: 0,
  NLD: 1.2,
  NZL: 0.2,
  NOR: 0.3,
  POL: 3,
  PRT: 0.3,
  ROU: 1.2,
  RUS: 17.4,
  SVK: 0.4,
  ESP: 1.9,
  SWE: 0.4,
  CHE: 0.3,
  GBR: 4.3,
  USA: 36.1,
};

// Iceland's was the fifty-fifth instrument in 2002; only Russia's, in 2004, brought the share over 55 per cent.
describeTreaty('kyoto', {
  figures: [
    {
      type: 'attributeTableRecorded',
      attribute: 'annex-i-co2-emissions-1990',
      title: 'Total carbon dioxide emissions of Annex I Parties in 1990',
      unit: 'per cent',
      date: calendarDate('1997-12-11'),
      values,
      total: 100,
      source: 'FCCC/CP/1997/7/Add.1, annex',
    },
  ],
});
