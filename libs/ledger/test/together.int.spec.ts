import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IdempotencyKeyReused } from '../src/index.ts';
import { date } from '../../treaty/test/deciding.ts';
import {
  contents,
  meta,
  signature,
  startLedgerUnderTest,
  treaty,
  type LedgerUnderTest,
} from './ledger-under-test.ts';

let under: LedgerUnderTest;
beforeEach(async () => {
  under = await startLedgerUnderTest();
});
afterEach(() => under.close());

const ceremony = [signature('FRA'), signature('DEU'), signature('ITA')];
const once = { ...meta, idempotencyKey: 'case-1' };
const signatures = async (): Promise<string[]> =>
  (await contents(under.ledger)).filter((line) => line.includes('Signature'));

describe('commands carried out together', () => {
  it('are one append, and the same key again answers with what the first time recorded', async () => {
    const first = await under.ledger.transactTogether(treaty, ceremony, once);
    const again = await under.another().transactTogether(treaty, ceremony, once);
    expect(await signatures()).toStrictEqual([
      'treaty-XVIII-16@1 FRA Signature 2025-10-25',
      'treaty-XVIII-16@2 DEU Signature 2025-10-25',
      'treaty-XVIII-16@3 ITA Signature 2025-10-25',
    ]);
    expect(again).toStrictEqual({ ...first, replayed: true });
    const actions =
      first.outcome === 'recorded' &&
      first.events.flatMap(({ event }) => ('action' in event ? [event.action] : []));
    expect(new Set(actions || []).size).toBe(3);
  });

  it('are none at all when one is refused, and the refused are named by their places', async () => {
    const commands = [signature('FRA'), signature('FRA'), signature('XYZ'), signature('DEU')];
    const second = { ...signature('FRA'), date: date('2025-10-26') };
    const result = await under.ledger.transactTogether(
      treaty,
      [commands[0]!, second, commands[2]!, commands[3]!],
      once,
    );
    expect(
      result.outcome === 'refused' &&
        result.rows.map(({ index, refusals }) => [index, refusals[0]?.code]),
    ).toStrictEqual([
      [1, 'second-signature'],
      [2, 'unknown-participant'],
    ]);
    expect(await signatures()).toStrictEqual([]);
  });

  it('are not recorded on another revision than the one looked at', async () => {
    const { revision } = await under.ledger.previewTogether(treaty, ceremony, meta);
    await under.another().transact(signature('BRA'), meta);
    const result = await under.ledger.transactTogether(treaty, ceremony, { ...once, revision });
    expect(result).toStrictEqual({ outcome: 'moved', revision: 1 });
    expect(await signatures()).toHaveLength(1);
    const now = await under.ledger.transactTogether(treaty, ceremony, { ...once, revision: 1 });
    expect(now.outcome).toBe('recorded');
    // A key that was used is answered first: the revision it was recorded on is past by then.
    const late = await under.ledger.transactTogether(treaty, ceremony, { ...once, revision });
    expect(late).toMatchObject({ outcome: 'recorded', replayed: true });
  });

  it('by two officers at once with one key are recorded once', async () => {
    const ledgers = [under.ledger, under.another(), under.another()];
    const results = await Promise.all(
      ledgers.map((ledger) => ledger.transactTogether(treaty, ceremony, once)),
    );
    expect(results.map(({ outcome }) => outcome)).toStrictEqual([
      'recorded',
      'recorded',
      'recorded',
    ]);
    expect(await signatures()).toHaveLength(3);
  });

  it('under a used key are refused when they are others', async () => {
    await under.ledger.transactTogether(treaty, ceremony, once);
    await expect(
      under.ledger.transactTogether(treaty, [signature('BRA')], once),
    ).rejects.toBeInstanceOf(IdempotencyKeyReused);
  });

  it('that are on record already change nothing', async () => {
    await under.ledger.transactTogether(treaty, ceremony, once);
    const other = await under.ledger.transactTogether(treaty, ceremony, {
      ...once,
      idempotencyKey: 'case-2',
    });
    expect(other).toMatchObject({ outcome: 'unchanged', events: [], replayed: false });
  });

  it('are previewed one on the other, and stored nowhere', async () => {
    const { rows, before, after } = await under.ledger.previewTogether(
      treaty,
      [...ceremony, signature('FRA')],
      meta,
    );
    expect(rows.map(({ decision }) => decision.outcome)).toStrictEqual([
      'events',
      'events',
      'events',
      'unchanged',
    ]);
    expect([before.actions.length, after.actions.length]).toStrictEqual([0, 3]);
    expect(await signatures()).toStrictEqual([]);
  });
});
