import { describe, expect, it } from '@jest/globals';
import { act, cybercrime, date, done, given, treaty } from '../test/deciding.ts';
import { france, inForce, open, ratified, reservation } from '../test/facts.ts';
import type { TreatyCommand } from './commands.ts';
import { unknownFinalClauses } from './final-clauses.ts';

describe('recorded', () => {
  it('a signature in each place while it is open there, whatever its accents and case', () => {
    given(open)
      .when(act('FRA', 'signature', '2025-10-26', { place: 'hanoi' }))
      .records(done('FRA', 'signature', '2025-10-26', { action: 'new-action', place: 'hanoi' }));
    given(open)
      .when(act('MUS', 'signature', '2025-11-19', { place: 'New York' }))
      .records(done('MUS', 'signature', '2025-11-19', { action: 'new-action', place: 'New York' }));
  });

  it('the European Union on the day of its first member', () => {
    given(open, france, ratified, done('EUE', 'signature', '2025-10-25'))
      .when(act('EUE', 'approval', '2026-03-02'))
      .records(done('EUE', 'approval', '2026-03-02', { action: 'new-action' }));
  });

  it('a new accession after a denunciation took effect', () => {
    const ended = cybercrime({ withdrawal: null });
    given(
      ended,
      france,
      ratified,
      inForce,
      done('FRA', 'denunciation', '2026-07-01', { dateOfEffect: date('2026-08-01') }),
    )
      .when(act('FRA', 'acceptance', '2026-09-01'))
      .records(done('FRA', 'acceptance', '2026-09-01', { action: 'new-action' }));
  });

  it('an act in the past of acts recorded before it', () => {
    given(open, france, ratified)
      .when(act('DEU', 'signature', '2025-10-25'))
      .records(done('DEU', 'signature', '2025-10-25', { action: 'new-action' }));
  });

  it('an objection by another participant, and its withdrawal', () => {
    const objection = done('DEU', 'objection', '2026-05-01', {
      text: 'Incompatible with the object and purpose.',
      relatesTo: reservation.action,
    });
    given(open, france, ratified, reservation)
      .when(
        act('DEU', 'objection', '2026-05-01', {
          text: 'Incompatible with the object and purpose.',
          relatesTo: reservation.action,
        }),
      )
      .records({ ...objection, action: 'new-action' });
    given(open, france, ratified, reservation, objection)
      .when(act('DEU', 'withdrawalOfObjection', '2026-06-01', { relatesTo: objection.action }))
      .records(
        done('DEU', 'withdrawalOfObjection', '2026-06-01', {
          action: 'new-action',
          relatesTo: objection.action,
        }),
      );
  });

  it('everything of a treaty whose clauses nobody has read', () => {
    const unread = cybercrime(unknownFinalClauses);
    for (const command of [
      act('FRA', 'ratification', '2026-03-02'),
      act('EUE', 'formalConfirmation', '2026-03-02'),
      act('FRA', 'definitiveSignature', '2026-03-02'),
    ])
      expect(given(unread).when(command).decision.outcome).toBe('events');
  });
});

describe('nothing new', () => {
  it('the same fact again is the action on record', () => {
    given(open, france)
      .when(act('FRA', 'signature', '2025-10-25'))
      .changesNothing(france.action);
    given(open, france)
      .when(act('FRA', 'signature', '2025-10-25', { note: 'again', source: 'elsewhere' }))
      .changesNothing(france.action);
  });

  it('but a record that was annulled is no fact', () => {
    given(open, france, { type: 'actionAnnulled', treaty, action: france.action, reason: 'x' })
      .when(act('FRA', 'signature', '2025-10-25'))
      .records({ ...france, action: 'new-action' });
  });

  it('the same registration, clauses, correction, annulment, official date and rectification', () => {
    const { type: _type, ...facts } = open;
    given(open)
      .when({ type: 'registerTreaty', ...facts })
      .changesNothing();
    given(open)
      .when({ type: 'recordFinalClauses', treaty, finalClauses: open.finalClauses, reason: 'x' })
      .changesNothing();
    given(open, france)
      .when({
        type: 'correctAction',
        treaty,
        action: france.action,
        changes: { date: france.date },
        reason: 'x',
      })
      .changesNothing(france.action);
    given(open, france, { type: 'actionAnnulled', treaty, action: france.action, reason: 'x' })
      .when({ type: 'annulAction', treaty, action: france.action, reason: 'y' })
      .changesNothing(france.action);
    given(open, inForce)
      .when({ ...inForce, type: 'recordOfficialDate' })
      .changesNothing();
    given(open, { type: 'textRectified', treaty, date: date('2025-03-01'), text: 'x' })
      .when({ type: 'rectifyText', treaty, date: date('2025-03-01'), text: 'x' })
      .changesNothing();
  });
});

describe('a correction', () => {
  const command = (changes: object, overrideReason?: string): TreatyCommand => ({
    type: 'correctAction',
    treaty,
    action: france.action,
    changes,
    reason: 'The procès-verbal.',
    ...(overrideReason !== undefined && { overrideReason }),
  });

  it('is judged as if the act had been recorded so at first', () => {
    given(open, france)
      .when(command({ date: date('2025-10-26') }))
      .records({
        type: 'actionCorrected',
        treaty,
        action: france.action,
        changes: { date: date('2025-10-26') },
        reason: 'The procès-verbal.',
      });
    given(open, france, done('DEU', 'signature', '2025-10-25'))
      .when(command({ participant: 'DEU' }))
      .isRefused(['second-signature']);
    given(open, france)
      .when(command({ date: date('2025-10-01') }))
      .isRefused(['signature-outside-window']);
  });

  it('of something odd says so in its reason', () => {
    given(open, france)
      .when(command({ date: date('2025-10-01') }, 'It was signed early.'))
      .records({
        type: 'actionCorrected',
        treaty,
        action: france.action,
        changes: { date: date('2025-10-01') },
        reason:
          'The procès-verbal. (recorded although: signature-outside-window; It was signed early.)',
      });
    given(open, france)
      .when(command({ date: date('2027-01-01') }, 'Tomorrow.'))
      .isRefused(['date-in-future', 'signature-outside-window']);
  });
});
