import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromStored, type AnyEvent } from '#ledger';
import {
  emptyParticipants,
  emptyRecord,
  entryIntoForceOf,
  evolve,
  evolveParticipants,
  partyPeriodsOn,
  statusOf,
  treatyDates,
  type OtherTreaty,
  type ParticipantEvent,
  type ParticipantRegister,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import { fill, hasWholeTable, importTable, wholeTable } from './filled-register.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
beforeAll(async () => {
  await register.start();
  await fill(register);
}, 600_000);
afterAll(() => register.remove());

interface Line {
  readonly position: string;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: string;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const all = async (after = '0'): Promise<Line[]> =>
  linesOf((await register.get(`/events?after=${after}`)).body);

/** A reader that has nothing but the lines of /events and the published rules. */
class Follower {
  readonly records = new Map<string, TreatyRecord>();
  register: ParticipantRegister = emptyParticipants;

  take({ name, data, stream, revision }: Line): void {
    const event: AnyEvent = fromStored(name, data, `${stream}@${revision}`);
    if (stream === 'participants')
      this.register = evolveParticipants(this.register, event as ParticipantEvent);
    else if (stream.startsWith('treaty-')) {
      const { treaty } = event as TreatyEvent;
      const before = this.records.get(treaty) ?? emptyRecord(treaty);
      this.records.set(treaty, evolve(before, event as TreatyEvent));
    }
  }

  elsewhere(...asked: string[]): (treaty: string) => OtherTreaty | null {
    return (treaty) => {
      const record = this.records.get(treaty);
      if (record === undefined) return null;
      if (asked.includes(treaty)) return { entryIntoForce: null, parties: [] };
      const options = { asOf: register.today, elsewhere: this.elsewhere(...asked, treaty) };
      const dates = treatyDates(record, this.register, options);
      const parties = partyPeriodsOn(record, this.register, register.today, dates);
      return { entryIntoForce: dates.entryIntoForce, parties };
    };
  }

  status(treaty: string): object {
    const record = this.records.get(treaty) ?? emptyRecord(treaty);
    const options = { asOf: register.today, elsewhere: this.elsewhere(treaty) };
    const { totals, participants } = statusOf(record, this.register, options);
    const force = entryIntoForceOf(record, this.register, options);
    const { state, date, counted, required } = force;
    const entryIntoForce = { state, ...(date !== undefined && { date }), counted, required };
    return { totals, entryIntoForce, participants };
  }
}

async function followFromZero(): Promise<void> {
  const follower = new Follower();
  for (const line of await all()) follower.take(line);
  const treaties = [...follower.records.keys()];
  let next: string | null = '/treaties?limit=1000';
  const listed: string[] = [];
  while (next !== null) {
    const { body, headers } = await register.get(next);
    listed.push(...body.treaties.map(({ treaty }: { treaty: string }) => treaty));
    next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? null;
  }
  expect(listed.toSorted()).toStrictEqual(treaties.toSorted());
  for (const treaty of treaties) {
    const { body } = await register.get(`/treaties/${treaty}/status`);
    const { totals, entryIntoForce, participants } = body;
    expect({ treaty, totals, entryIntoForce, participants }).toStrictEqual({
      treaty,
      ...JSON.parse(JSON.stringify(follower.status(treaty))),
    });
  }
}

describe('/events', () => {
  it('tells everything from which the published rules give the status of every treaty', async () => {
    await followFromZero();
  });

  it('holds every event once, in order, with what was stored and without who recorded it', async () => {
    const lines = await all();
    const positions = lines.map(({ position }) => BigInt(position));
    expect(positions).toStrictEqual([...new Set(positions)].toSorted((a, b) => (a < b ? -1 : 1)));
    expect(Object.keys(lines[0]!)).toStrictEqual(
      'position id stream revision recordedAt name data'.split(' '),
    );
    const byStream = Map.groupBy(lines, ({ stream }) => stream);
    for (const [stream, events] of byStream)
      expect([stream, events.map(({ revision }) => revision)]).toStrictEqual([
        stream,
        events.map((_, index) => index),
      ]);
    const { body, headers } = await register.get('/events');
    expect(body).not.toMatch(/actor|shipped data|correlationId/);
    expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(headers.get('ledger-position')).toBe(lines.at(-1)!.position);
  });

  it.each([7, 100, 1000])('is the same read %i events at a time over its links', async (limit) => {
    const pages: Line[] = [];
    let next: string | null = `/events?limit=${limit}`;
    while (next !== null) {
      const { body, headers } = await register.get(next);
      const lines = linesOf(body);
      expect(lines.length).toBeLessThanOrEqual(limit);
      pages.push(...lines);
      next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? null;
    }
    expect(pages).toStrictEqual(await all());
  });

  it('confirms what a client has; a full page is the same for ever, the last one is not', async () => {
    const full = await register.get('/events?limit=50');
    expect(full.headers.get('cache-control')).toBe('public, max-age=86400');
    const open = await register.get('/events?after=100000000&limit=50');
    expect(open.headers.get('cache-control')).toBe('public, no-cache');
    const whole = await register.get('/events');
    const tags = [full, whole].map(({ headers }) => headers.get('etag')!);
    const again = async (path: string, tag: string): Promise<number> =>
      (await register.get(path, { 'If-None-Match': tag })).status;
    expect(await again('/events?limit=50', tags[0]!)).toBe(304);
    expect(await again('/events', tags[1]!)).toBe(304);
    await register.post('/depositary/treaties/XVIII-16/actions', {
      kind: 'accession',
      participant: 'MCO',
      date: '2026-11-21',
    });
    expect(await again('/events?limit=50', tags[0]!)).toBe(304);
    expect(await again('/events', tags[1]!)).toBe(200);
  });

  it('answers HEAD without reading the ledger', async () => {
    const { status, headers } = await fetch(`${register.address}/events`, { method: 'HEAD' });
    expect([status, headers.get('content-type')]).toStrictEqual([
      200,
      'application/x-ndjson; charset=utf-8',
    ]);
  });

  it.each(['/events?after=x', '/events?limit=0', '/events?limit=1001', '/events?from=1'])(
    'refuses %s with a problem',
    async (path) => {
      const { status, body } = await register.get(path);
      expect([status, body.code]).toStrictEqual([400, 'invalid-parameter']);
    },
  );
});

(hasWholeTable ? describe : describe.skip)('/events with the UN tables of 2015', () => {
  it('gives the status of all 294 treaties to who follows from zero', async () => {
    await importTable(register, wholeTable);
    await followFromZero();
  }, 600_000);
});
