import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { Ledger } from '#ledger';
import { calendarDate, type TreatyCommand } from '#treaty';
import { RegisterUnderTest, states } from './register-under-test.ts';

const register = new RegisterUnderTest({ PUBLIC_URL: 'https://treaties.example.org' });
const actions = '/depositary/treaties/XVIII-16/actions';
const hostile =
  'BEGIN:VALARM\r\nEND:VEVENT\r\nSUMMARY:no; <script>alert(1)</script>, \\n "é" \u0007';

beforeAll(() => register.start());
afterAll(() => register.remove());

interface Day {
  uid: string;
  date: string;
  sequence: number;
  status: string;
  summary: string;
  description: string;
}

/** A calendar as a parser that is not ours reads it, held to what RFC 5545 asks of lines and of every event. */
async function calendar(path: string, headers: Record<string, string> = {}): Promise<Day[]> {
  const { status, body, headers: answered } = await register.get(path, headers);
  expect([status, answered.get('content-type')]).toStrictEqual([
    200,
    'text/calendar; charset=utf-8',
  ]);
  expect(body.endsWith('END:VCALENDAR\r\n')).toBe(true);
  for (const line of (body as string).split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    // oxlint-disable-next-line no-control-regex -- these are the characters that must not pass
    expect(line).not.toMatch(/[\u0000-\u0008\u000A-\u001F]/);
  }
  const component = new ICAL.Component(ICAL.parse(body));
  return component.getAllSubcomponents('vevent').map((event): Day => {
    const value = (name: string): string => String(event.getFirstPropertyValue(name));
    const start = event.getFirstProperty('dtstart');
    expect([start?.type, event.getAllSubcomponents()]).toStrictEqual(['date', []]);
    expect(value('dtstamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    return {
      uid: value('uid'),
      date: value('dtstart'),
      sequence: Number(value('sequence')),
      status: value('status'),
      summary: value('summary'),
      description: value('description'),
    };
  });
}

const treatyDays = (headers?: Record<string, string>): Promise<Day[]> =>
  calendar('/treaties/XVIII-16.ics', headers);
const brief = (days: readonly Day[]): string[] =>
  days.map(
    ({ date, sequence, status, summary }) =>
      `${date} ${sequence} ${status} ${summary.split(/\u00A0?: /)[0]}`,
  );
const record = async (body: Record<string, unknown>): Promise<string> => {
  const answer = await register.post(actions, body);
  expect([answer.status, answer.body.detail]).toStrictEqual([201, undefined]);
  return answer.body.action;
};
/** A command that has no address of its own yet; waits until the public side shows it. */
async function command(what: TreatyCommand): Promise<void> {
  const ledger = new Ledger(register.store!.connectionString);
  const result = await ledger.transact(what, { actor: 'officer', today: register.today });
  await ledger.close();
  expect(result.outcome).toBe('recorded');
  const { position } = result as { position: string };
  await register.get(`/treaties/XVIII-16?atLeast=${position}`);
}

describe('the calendar of the Convention against Cybercrime', () => {
  const closings = [
    '2025-10-26 0 CONFIRMED Last day for signature (Hanoi)',
    '2026-12-31 0 CONFIRMED Last day for signature (United Nations Headquarters, New York)',
  ];
  let fortieth = '';
  let entry: Day;

  it('ships with the days on which signature closes', async () => {
    expect(brief(await treatyDays())).toStrictEqual(closings);
    expect(brief(await treatyDays({ 'Accept-Language': 'fr' }))[0]).toBe(
      '2025-10-26 0 CONFIRMED Dernier jour de la signature (Hanoi)',
    );
  });

  it('has the day of entry into force from the fortieth deposit on', async () => {
    const { body } = await register.get('/treaties/XVIII-16/status');
    const signed = new Set(body.participants.map(({ code }: any) => code));
    for (const [index, participant] of states.slice(0, 40).entries())
      fortieth = await record({
        kind: signed.has(participant) ? 'ratification' : 'accession',
        participant,
        date: index === 39 ? '2026-11-20' : '2026-10-01',
      });
    const days = await treatyDays();
    expect(brief(days)).toStrictEqual([...closings, '2027-02-18 0 CONFIRMED Entry into force']);
    entry = days[2]!;
  });

  it('moves it under the same UID with a higher SEQUENCE when the deposit is corrected', async () => {
    await command({
      type: 'correctAction',
      treaty: 'XVIII-16',
      action: fortieth,
      changes: { date: calendarDate('2026-11-18') },
      reason: 'It was received two days earlier.',
    });
    const moved = (await treatyDays())[2]!;
    expect(moved).toStrictEqual({ ...entry, date: '2027-02-16', sequence: 1 });
  });

  it('cancels it when the record is annulled, and confirms it again with the next deposit', async () => {
    await command({
      type: 'annulAction',
      treaty: 'XVIII-16',
      action: fortieth,
      reason: 'It was of another treaty.',
    });
    expect((await treatyDays())[2]).toStrictEqual({
      ...entry,
      date: '2027-02-16',
      sequence: 2,
      status: 'CANCELLED',
    });
    await record({ kind: 'accession', participant: 'AND', date: '2026-11-23' });
    expect((await treatyDays())[2]).toStrictEqual({ ...entry, date: '2027-02-21', sequence: 3 });
  });

  it('gives a later party its own day, and the earlier ones theirs in their own calendars', async () => {
    await record({ kind: 'accession', participant: 'MCO', date: '2026-11-24' });
    register.today = calendarDate('2027-03-01');
    await record({ kind: 'accession', participant: 'SMR', date: '2027-03-01' });
    expect(brief(await treatyDays()).slice(2)).toStrictEqual([
      '2027-02-21 3 CONFIRMED Entry into force',
      // Monaco's thirtieth day is before the treaty's own, San Marino's after.
      '2027-03-31 0 CONFIRMED Entry into force for San Marino',
    ]);
    expect(brief(await calendar('/participants/FRA.ics'))).toContain(
      '2027-02-21 3 CONFIRMED Entry into force for France',
    );
  });

  it('tells until when a reservation may be objected to, whatever its text', async () => {
    await record({
      kind: 'accession',
      participant: 'ISL',
      date: '2027-03-01',
    });
    await record({ kind: 'reservation', participant: 'ISL', date: '2027-03-01', text: hostile });
    const days = await treatyDays();
    const day = days.find(({ summary }) => summary.includes('objections'))!;
    expect(brief([day])).toStrictEqual([
      '2028-03-01 0 CONFIRMED Last day for objections to a reservation (Iceland)',
    ]);
    expect(day.description).toContain(hostile.replaceAll('\r\n', '\n').replace('\u0007', '\uFFFD'));
  });

  it('has the day on which a denunciation takes effect, cancelled when the notice is revoked', async () => {
    register.today = calendarDate('2027-06-01');
    const notice = await record({ kind: 'denunciation', participant: 'FRA', date: '2027-06-01' });
    const leaving = async (): Promise<string[]> =>
      brief(await calendar('/participants/FRA.ics')).filter((line) => line.includes('No longer'));
    expect(await leaving()).toStrictEqual(['2028-06-01 0 CONFIRMED No longer a party (France)']);
    register.today = calendarDate('2027-07-01');
    await record({
      kind: 'revocationOfNotice',
      participant: 'FRA',
      date: '2027-07-01',
      relatesTo: notice,
    });
    expect(await leaving()).toStrictEqual(['2028-06-01 1 CANCELLED No longer a party (France)']);
  });

  it('is the same after a restart, with the same tag, and within the calendar of the whole register', async () => {
    const before = await register.get('/treaties/XVIII-16.ics');
    await register.stop();
    await register.start();
    const after = await register.get('/treaties/XVIII-16.ics');
    expect(after.body).toBe(before.body);
    const tag = { 'If-None-Match': before.headers.get('etag')! };
    expect((await register.get('/treaties/XVIII-16.ics', tag)).status).toBe(304);
    const all = await calendar('/calendar.ics');
    const recent = (await treatyDays()).filter(({ date }) => date >= '2026-06-30');
    expect(all).toStrictEqual(recent);
  });

  it('is not there for what the register does not have', async () => {
    for (const path of ['/treaties/XX-1.ics', '/participants/QQQ.ics'])
      expect((await register.get(path)).status).toBe(404);
    expect((await register.get('/calendar.ics?year=2027')).status).toBe(400);
  });
});
