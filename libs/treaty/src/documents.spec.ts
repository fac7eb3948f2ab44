import { describe, expect, it } from '@jest/globals';
import { act, given, record } from '../test/deciding.ts';
import { france, open, ratified } from '../test/facts.ts';
import type { AttachedDocument } from './documents.ts';

const scan: AttachedDocument = {
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  name: 'instrument.pdf',
  mediaType: 'application/pdf',
  size: 48_211,
  role: 'instrument',
  language: 'fr',
};
const translation: AttachedDocument = { ...scan, sha256: 'a'.repeat(64), role: 'translation' };
const attached = (action: string | null, ...documents: AttachedDocument[]) =>
  ({ type: 'documentsAttached', treaty: 'XVIII-16', action, documents }) as const;

describe('documents of an action', () => {
  it('are recorded after the action, by the same decision', () => {
    const command = act('FRA', 'ratification', '2026-03-02', { documents: [scan] });
    const { decision } = given(open, france).when(command);
    expect(decision).toStrictEqual({
      outcome: 'events',
      events: [{ ...ratified, action: 'new-action' }, attached('new-action', scan)],
    });
  });

  it('that come with a fact on record add only what is new', () => {
    const command = act('FRA', 'ratification', '2026-03-02', { documents: [scan, translation] });
    given(open, france, ratified, attached(ratified.action, scan))
      .when(command)
      .records(attached(ratified.action, translation));
    given(open, france, ratified, attached(ratified.action, scan, translation))
      .when(command)
      .changesNothing(ratified.action);
  });

  it('are not recorded with what is refused', () => {
    given(open)
      .when(act('FRA', 'ratification', '2026-03-02', { documents: [scan] }))
      .isRefused(['ratification-without-signature']);
  });

  it('of a correction go to the action corrected; without an action, to the treaty', () => {
    const { decision } = given(open, france, ratified).when({
      type: 'correctAction',
      treaty: 'XVIII-16',
      action: ratified.action,
      changes: { place: 'New York' },
      reason: 'The stamp says so.',
      documents: [scan],
    });
    expect(decision.outcome === 'events' && decision.events.at(-1)).toStrictEqual(
      attached(ratified.action, scan),
    );
    const held = record(open, france, attached(null, translation), attached(france.action, scan));
    expect(held.documents).toStrictEqual([translation]);
    expect(held.actions[0]?.documents).toStrictEqual([scan]);
  });
});
