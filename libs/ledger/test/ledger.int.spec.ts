import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IdempotencyKeyReused } from '../src/index.ts';
import {
  contents,
  meta,
  register,
  signature,
  startLedgerUnderTest,
  treaty,
  type LedgerUnderTest,
} from './ledger-under-test.ts';

let under: LedgerUnderTest;
beforeAll(async () => {
  under = await startLedgerUnderTest();
});
afterAll(() => under.close());

const ofTreaty = async (): Promise<string[]> =>
  (await contents(under.ledger)).filter((line) => line.startsWith('treaty-'));

describe('a command', () => {
  it('is recorded once, with who, what for and when, and can be read back', async () => {
    const result = await under.ledger.transact(signature('AUS'), {
      ...meta,
      actor: 'a.officer',
      correlationId: 'c-1',
      causationId: 'c-0',
    });
    if (result.outcome !== 'recorded') throw new Error(result.outcome);
    expect(result).toMatchObject({ revision: 1, replayed: false });
    expect(result.events).toHaveLength(1);
    const stored = [];
    for await (const event of under.ledger.read())
      if (event.stream === `treaty-${treaty}`) stored.push(event);
    const last = stored.at(-1)!;
    expect(last).toMatchObject({ actor: 'a.officer', revision: 1, position: result.position });
    expect(last.event).toStrictEqual(result.events[0]?.event);
    expect(Math.abs(Date.parse(last.recordedAt) - Date.now())).toBeLessThan(60_000);
    const { record, revision, position } = await under.another().loadTreaty(treaty);
    expect([revision, position]).toStrictEqual([1, result.position]);
    expect(record.actions[0]?.current.action).toBe(result.action);
  });

  it('that is on record already changes nothing and names the action', async () => {
    const before = await ofTreaty();
    const known = (await under.ledger.loadTreaty(treaty)).record.actions[0]!.first.action;
    expect(await under.ledger.transact(signature('AUS'), meta)).toMatchObject({
      outcome: 'unchanged',
      action: known,
    });
    expect(await under.ledger.transact(register, meta)).toMatchObject({ outcome: 'unchanged' });
    expect(await ofTreaty()).toStrictEqual(before);
  });

  it('that is refused, or only previewed, stores nothing', async () => {
    const before = await contents(under.ledger);
    expect(
      await under.ledger.transact({ ...signature('AUT'), kind: 'ratification' }, meta),
    ).toMatchObject({ outcome: 'refused', refusals: [{ code: 'ratification-without-signature' }] });
    const preview = await under.ledger.preview(signature('AUT'), meta);
    expect(preview.result).toMatchObject({ outcome: 'recorded', position: null });
    expect(preview.after.actions).toHaveLength(preview.before.actions.length + 1);
    expect(await contents(under.ledger)).toStrictEqual(before);
  });

  it('for a treaty nobody registered leaves no stream behind', async () => {
    const before = await contents(under.ledger);
    const command = { ...signature('AUT'), treaty: 'I-1' };
    expect(await under.ledger.transact(command, meta)).toMatchObject({
      outcome: 'refused',
      refusals: [{ code: 'treaty-not-registered' }],
    });
    expect(await contents(under.ledger)).toStrictEqual(before);
  });
});

describe('an idempotency key', () => {
  it('gives the first answer again, in this process and in another', async () => {
    const keyed = { ...meta, idempotencyKey: 'key-of-belgium' };
    const first = await under.ledger.transact(signature('BEL'), keyed);
    if (first.outcome !== 'recorded') throw new Error(first.outcome);
    const after = await ofTreaty();
    for (const ledger of [under.ledger, under.another()]) {
      const again = await ledger.transact(signature('BEL'), keyed);
      expect(again).toMatchObject({
        outcome: 'recorded',
        replayed: true,
        action: first.action,
        position: first.position,
        revision: first.revision,
      });
    }
    expect(await ofTreaty()).toStrictEqual(after);
  });

  it('used for another command is refused, wherever the fields stand', async () => {
    const keyed = { ...meta, idempotencyKey: 'key-of-belgium' };
    await expect(under.ledger.transact(signature('BRA'), keyed)).rejects.toThrow(
      IdempotencyKeyReused,
    );
    const { type, ...rest } = signature('BEL');
    expect(await under.ledger.transact({ ...rest, type }, keyed)).toMatchObject({ replayed: true });
  });

  it('sent twice at once records once', async () => {
    const keyed = { ...meta, idempotencyKey: 'key-of-chile' };
    const ledgers = [under.ledger, under.another(), under.another()];
    const results = await Promise.all(ledgers.map((one) => one.transact(signature('CHL'), keyed)));
    const actions = results.map((one) => (one.outcome === 'recorded' ? one.action : one.outcome));
    expect(new Set(actions).size).toBe(1);
    expect((await ofTreaty()).filter((line) => line.includes('CHL'))).toHaveLength(1);
  });
});

describe('many at once', () => {
  it('on one treaty by several processes are all recorded, each once, each decided on what was there', async () => {
    const ledgers = [under.ledger, under.another(), under.another()];
    const codes = ['CHN', 'CRI', 'CIV', 'CUB', 'CZE', 'PRK', 'COD', 'DJI', 'DOM'];
    const results = await Promise.all(
      codes.map((code, index) => ledgers[index % 3]!.transact(signature(code), meta)),
    );
    expect(results.map(({ outcome }) => outcome)).toStrictEqual(codes.map(() => 'recorded'));
    const lines = await ofTreaty();
    for (const code of codes)
      expect(lines.filter((line) => line.includes(` ${code} `))).toHaveLength(1);
    expect(lines.map((line) => line.split(' ')[0])).toStrictEqual(
      lines.map((_, index) => `treaty-${treaty}@${index}`),
    );
  });

  it('the same fact by several processes is recorded once', async () => {
    const ledgers = [under.ledger, under.another(), under.another()];
    const results = await Promise.all(ledgers.map((one) => one.transact(signature('ECU'), meta)));
    expect(results.map(({ outcome }) => outcome).toSorted()).toStrictEqual([
      'recorded',
      'unchanged',
      'unchanged',
    ]);
  });

  it('of an import are decided in order, and one refusal stops none of the others', async () => {
    const commands = [
      signature('EGY'),
      signature('EGY'),
      { ...signature('EGY'), kind: 'ratification' as const, date: meta.today },
      { ...signature('XXX') },
      signature('FRA'),
    ];
    const results = await under.ledger.transactMany(treaty, commands, meta);
    expect(results.map(({ outcome }) => outcome)).toStrictEqual([
      'recorded',
      'unchanged',
      'recorded',
      'refused',
      'recorded',
    ]);
    expect((await ofTreaty()).slice(-3).map((line) => line.replace(/^\S+ /, ''))).toStrictEqual([
      'EGY Signature 2025-10-25',
      'EGY Ratification 2026-11-24',
      'FRA Signature 2025-10-25',
    ]);
  });
});

describe('participants', () => {
  it('that are known already are not recorded again', async () => {
    const { byCode } = await under.ledger.participants();
    const events = await contents(under.ledger);
    const france = byCode['FRA']!;
    expect(
      await under.ledger.registerParticipants(
        [
          {
            type: 'participantRegistered',
            participant: 'FRA',
            kind: france.kind,
            iso2: france.iso2,
            m49: france.m49,
            name: france.name,
            nameFr: france.nameFr,
            formalName: france.formalName,
            formalNameFr: france.formalNameFr,
            alsoKnownAs: france.alsoKnownAs,
            from: france.from,
            until: france.until,
            predecessors: france.predecessors,
            note: france.note,
            source: france.source,
          },
        ],
        meta,
      ),
    ).toMatchObject({ appended: 0 });
    expect(await contents(under.ledger)).toStrictEqual(events);
  });
});
