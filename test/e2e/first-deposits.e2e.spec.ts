import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, calendarDate } from '#treaty';
import { RegisterUnderTest, states } from './register-under-test.ts';

const register = new RegisterUnderTest();
const treaty = '/treaties/XVIII-16';
const actions = '/depositary/treaties/XVIII-16/actions';

beforeAll(() => register.start());
afterAll(() => register.remove());

const signed = async (): Promise<Set<string>> => {
  const { body } = await register.get(`${treaty}/status`);
  return new Set(
    body.participants.filter((row: any) => row.signature !== undefined).map((row: any) => row.code),
  );
};

describe('the Convention against Cybercrime, from its signatures to the date of entry into force', () => {
  it('ships with 73 signatories and no party', async () => {
    const { status, body } = await register.get(`${treaty}/status`);
    expect(status).toBe(200);
    expect(body.totals).toStrictEqual({ signatories: 73, contractingStates: 0, parties: 0 });
    expect(body.entryIntoForce).toStrictEqual({ state: 'pending', counted: 0, required: 40 });
    expect(body.participants).toHaveLength(73);
    expect(body.participants.find((row: any) => row.code === 'MUS').signature.date).toBe(
      '2025-11-19',
    );
  });

  it('moves from pending through 39 of 40 to a date 90 days after the fortieth deposit, the EU not counted', async () => {
    const signatories = await signed();
    const deposit = (participant: string, date: string) =>
      register.post(actions, {
        kind: signatories.has(participant) ? 'ratification' : 'accession',
        participant,
        date,
      });

    for (const [index, participant] of states.slice(0, 39).entries()) {
      const date = addDays(calendarDate('2026-08-01'), index);
      const { status, body } = await deposit(participant, date);
      expect([participant, status, body.outcome]).toStrictEqual([participant, 201, 'recorded']);
    }
    const union = await deposit('EUE', '2026-09-20');
    expect(union.status).toBe(201);

    const before = await register.get(`${treaty}/entry-into-force`);
    expect([before.body.state, before.body.counted, before.body.required]).toStrictEqual([
      'pending',
      39,
      40,
    ]);
    expect(before.body.notCounted.map((entry: any) => entry.participant)).toStrictEqual(['EUE']);

    const fortieth = await deposit(states[39]!, '2026-11-20');
    expect(fortieth.status).toBe(201);
    const after = await register.get(`${treaty}/entry-into-force`);
    expect([after.body.state, after.body.counted, after.body.date]).toStrictEqual([
      'fixed',
      40,
      '2027-02-18',
    ]);

    const status = await register.get(`${treaty}/status`);
    expect(status.body.totals.contractingStates).toBe(41);
    expect(status.body.totals.parties).toBe(0);
    const later = await register.get(`${treaty}/status?asOf=2027-02-18`);
    expect(later.body.entryIntoForce.state).toBe('in-force');
    expect(later.body.totals.parties).toBe(41);
  });

  it('keeps everything over a restart, and answers the same', async () => {
    const before = await register.get(`${treaty}/status`);
    await register.stop();
    await register.start();
    const after = await register.get(`${treaty}/status`);
    expect(after.body).toStrictEqual(before.body);
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
  });
});

describe('asking again', () => {
  it('answers 304 to who has the representation, and a new tag after a deposit', async () => {
    const first = await register.get(`${treaty}/status`);
    const tag = first.headers.get('etag')!;
    const again = await register.get(`${treaty}/status`, { 'If-None-Match': tag });
    expect([again.status, again.body]).toStrictEqual([304, '']);
    await register.post(actions, { kind: 'accession', participant: 'MCO', date: '2026-11-21' });
    const changed = await register.get(`${treaty}/status`, { 'If-None-Match': tag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
  });

  it('adds nothing for the same fact twice, nor for the same Idempotency-Key twice', async () => {
    const body = { kind: 'accession', participant: 'AND', date: '2026-11-22' };
    const key = { 'Idempotency-Key': 'andorra-1' };
    const first = await register.post(actions, body, key);
    const second = await register.post(actions, body, key);
    const third = await register.post(actions, body);
    expect([first.status, second.status, third.status]).toStrictEqual([201, 200, 200]);
    expect([second.body.action, third.body.action]).toStrictEqual([
      first.body.action,
      first.body.action,
    ]);
    expect([second.body.replayed, third.body.outcome]).toStrictEqual([true, 'unchanged']);
    const other = await register.post(actions, { ...body, participant: 'SMR' }, key);
    expect([other.status, other.body.code]).toStrictEqual([422, 'idempotency-key-reused']);
  });

  it('shows a preview and stores nothing', async () => {
    const before = await register.get(`${treaty}/status`);
    const preview = await register.post(`${actions}?preview=true`, {
      kind: 'accession',
      participant: 'ISL',
      date: '2026-11-23',
    });
    expect([preview.status, preview.body.outcome]).toStrictEqual([200, 'recorded']);
    expect(preview.body.before.participant).toBeNull();
    expect(preview.body.after.participant.status).toBe('contracting-state');
    const after = await register.get(`${treaty}/status`);
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
  });
});
