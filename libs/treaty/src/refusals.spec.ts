import { afterAll, describe, test } from '@jest/globals';
import { done, given } from '../test/deciding.ts';
import { oddities } from '../test/odd.ts';
import { fundamental } from '../test/refused.ts';
import { refusalCatalogue } from './refusals.ts';

/** Codes that some case below was refused with, so that none is left without a case. */
const seen = new Set<string>();

describe('refused, and no reason helps', () => {
  test.each(fundamental)('%s', (_what, before, command, codes, first) => {
    const plain = given(...before).when(command);
    plain.isRefused(codes, { ...first, overridable: false });
    for (const code of codes) seen.add(code);
    if (command.type !== 'recordAction') return;
    given(...before)
      .when({ ...command, overrideReason: 'It did happen.' })
      .isRefused(codes);
  });
});

describe('refused, but recorded when an officer says why', () => {
  test.each(oddities)('%s', (_what, before, command, codes, first) => {
    given(...before)
      .when(command)
      .isRefused(codes, { ...first, overridable: true });
    for (const code of codes) seen.add(code);
    if (command.type !== 'recordAction') throw new Error('Only an action can be odd.');
    const { type: _type, kind, participant, date: on, ...rest } = command;
    given(...before)
      .when({ ...command, overrideReason: 'It did happen.' })
      .records(
        done(participant, kind, on, {
          ...(rest as object),
          action: 'new-action',
          override: { reason: 'It did happen.', refusals: codes },
        }),
      );
    given(...before)
      .when({ ...command, overrideReason: '  ' })
      .isRefused(codes);
  });
});

/** Refused where notifications are issued, in `depositary-notifications.spec.ts`. */
const ofNotifications = ['incomplete-notification', 'unknown-notification'];
/** Refused in the steps of a rectification, in `rectifications.spec.ts`. */
const ofRectifications = [
  'unknown-rectification',
  'objection-out-of-time',
  'rectification-objected',
  'objection-period-running',
];

afterAll(() => {
  const without = Object.keys(refusalCatalogue).filter(
    (code) =>
      !seen.has(code) && !ofNotifications.includes(code) && !ofRectifications.includes(code),
  );
  if (without.length > 0) throw new Error(`No case is refused with ${without.join(', ')}.`);
});
