import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fill, hasWholeTable, importTable, wholeTable } from './filled-register.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
beforeAll(async () => {
  await register.start();
  await fill(register);
}, 600_000);
afterAll(() => register.remove());

interface Action {
  readonly action: string;
  readonly treaty: string;
  readonly participant: string;
  readonly kind: string;
  readonly date: string;
  readonly position: string;
  readonly recordedAt: string;
  readonly annulled: string | null;
  readonly corrected: boolean;
}

const nextOf = (headers: Headers): string | null =>
  /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? null;

/** All rows of a list over its links, with what a test does between two pages. */
async function walk<Row>(
  first: string,
  list: string,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Row[]> {
  const rows: Row[] = [];
  let next: string | null = first;
  while (next !== null) {
    const { status, body, headers } = await register.get(next);
    expect([next, status]).toStrictEqual([next, 200]);
    rows.push(...body[list]);
    next = nextOf(headers);
    if (next !== null) await between();
  }
  return rows;
}

describe('/actions', () => {
  it('lists what was recorded in every treaty, in the order of the ledger and back', async () => {
    const actions = await walk<Action>('/actions?limit=1000', 'actions');
    const events = (await register.get('/events')).body
      .trim()
      .split('\n')
      .map((line: string) => JSON.parse(line))
      .filter(({ data, name }: any) => data.action !== undefined && !name.startsWith('action-'));
    expect(actions.map(({ action }) => action)).toStrictEqual(
      events.map(({ data }: any) => data.action),
    );
    const back = await walk<Action>('/actions?limit=700&sort=-recorded', 'actions');
    expect(back.map(({ action }) => action)).toStrictEqual(
      actions.map(({ action }) => action).toReversed(),
    );
  });

  it.each([
    ['kind=ratification', ({ kind }: Action) => kind === 'ratification'],
    ['participant=SRB', ({ participant }: Action) => participant === 'SRB'],
    ['treaty=XVIII-14', ({ treaty }: Action) => treaty === 'XVIII-14'],
    [
      'from=2003-12-09&to=2003-12-31',
      ({ date }: Action) => date >= '2003-12-09' && date <= '2003-12-31',
    ],
    ['asOf=2003-12-10', ({ date }: Action) => date <= '2003-12-10'],
    [
      'treaty=XVIII-16&kind=signature&participant=NLD',
      ({ treaty, kind, participant }: Action) =>
        treaty === 'XVIII-16' && kind === 'signature' && participant === 'NLD',
    ],
  ])('with %s has what fits and nothing else, in every order', async (filter, fits) => {
    const all = await walk<Action>('/actions?limit=1000', 'actions');
    const wanted = all.filter(fits);
    expect(wanted.length).toBeGreaterThan(0);
    for (const sort of ['recorded', '-recorded', 'date', '-date']) {
      const found = await walk<Action>(`/actions?${filter}&sort=${sort}&limit=333`, 'actions');
      const place = new Map(all.map(({ action }, index) => [action, index]));
      const ordered = wanted.toSorted((a, b) => {
        const byDate = sort.endsWith('date') ? a.date.localeCompare(b.date) : 0;
        return (byDate || place.get(a.action)! - place.get(b.action)!) * (sort[0] === '-' ? -1 : 1);
      });
      expect(found).toStrictEqual(ordered);
    }
  });

  it('filters by when it was recorded', async () => {
    const all = await walk<Action>('/actions?limit=1000', 'actions');
    const [from, to] = [all[20]!, all[50]!];
    for (const [low, high] of [
      [from.position, to.position],
      [from.recordedAt, to.recordedAt],
    ]) {
      const path = `/actions?recordedFrom=${low}&recordedTo=${high}&limit=1000`;
      const found = await walk<Action>(path, 'actions');
      expect(found).toStrictEqual(
        all.filter(({ position, recordedAt }) => {
          const at = low === from.position ? BigInt(position) : recordedAt;
          const bound = (text: string) => (low === from.position ? BigInt(text) : text);
          return at >= bound(low!) && at <= bound(high!);
        }),
      );
    }
  });

  it('shows a correction and an annulment only from when they were known', async () => {
    const find = async (query: string, action: string): Promise<Action | undefined> =>
      (await walk<Action>(`/actions?limit=1000&${query}`, 'actions')).find(
        (one) => one.action === action,
      );
    const annulled = (await walk<Action>('/actions?treaty=XVIII-16', 'actions')).find(
      (one) => one.annulled !== null,
    )!;
    const before = await find(`treaty=XVIII-16&asKnownAt=${annulled.position}`, annulled.action);
    expect(before?.annulled).toBeNull();
    const corrected = (await walk<Action>('/actions?treaty=XVIII-14', 'actions')).find(
      (one) => one.corrected,
    )!;
    expect(corrected.kind).toBe('ratification');
    const then = await find(`asKnownAt=${corrected.position}`, corrected.action);
    expect([then?.kind, then?.corrected]).toStrictEqual(['accession', false]);
  });

  it.each(['recorded', '-recorded', 'date', '-date'])(
    'is one state over all pages sorted by %s, whatever is recorded meanwhile',
    async (sort) => {
      const path = `/treaties/XVIII-16/actions?sort=${sort}`;
      const whole = await walk<Action>(`${path}&limit=1000`, 'actions');
      let day = 0;
      const paged = await walk<Action>(`${path}&limit=20`, 'actions', async () => {
        day += 1;
        const { status } = await register.post('/depositary/treaties/XVIII-16/actions', {
          kind: 'declaration',
          participant: 'FRA',
          date: `2026-${sort.endsWith('date') ? '01' : '02'}-0${day}`,
          text: `Declaration ${sort} ${day}`,
        });
        expect(status).toBe(201);
      });
      expect(day).toBeGreaterThan(2);
      expect(paged).toStrictEqual(whole);
    },
  );
});

describe('/treaties', () => {
  it.each([
    ['title=corruption', 'XVIII-14'],
    ['title=cybercrime', 'XVIII-16'],
    ['state=pending&title=convention against cyber', 'XVIII-16'],
    ['participant=SUN', 'UNODA-bwc'],
  ])('with %s finds %s', async (filter, treaty) => {
    const found = await walk<{ treaty: string }>(`/treaties?${filter}`, 'treaties');
    expect(found.map((one) => one.treaty)).toContain(treaty);
    const all = await walk('/treaties?limit=1000', 'treaties');
    expect(found.length).toBeLessThan(all.length);
  });

  it.each(['number', 'title', 'adoption', 'entryIntoForce'])(
    'sorted by %s is the same over its pages, and the other way round',
    async (sort) => {
      const whole = await walk(`/treaties?sort=${sort}&limit=1000`, 'treaties');
      const paged = await walk(`/treaties?sort=${sort}&limit=1`, 'treaties');
      expect(paged).toStrictEqual(whole);
      const back = await walk<any>(`/treaties?sort=-${sort}&limit=1000`, 'treaties');
      expect(back).toHaveLength(whole.length);
      if (sort === 'number' || sort === 'title') expect(back.toReversed()).toStrictEqual(whole);
    },
  );

  it('knows no treaty before it was registered', async () => {
    const { body } = await register.get('/events');
    const lines = body.split('\n').slice(0, -1);
    const registered = lines
      .map((line: string) => JSON.parse(line))
      .filter(({ name }: any) => name === 'treaty-registered.v1');
    expect(registered).toHaveLength(3);
    for (const [count, { position }] of registered.entries()) {
      const before = await walk(`/treaties?asKnownAt=${BigInt(position) - 1n}`, 'treaties');
      expect(before).toHaveLength(count);
    }
  });
});

describe('/participants', () => {
  it.each([
    ['name=cote', 'CIV'],
    ['name=Tchéco', 'CSK'],
    ['kind=reio', 'EUE'],
    ['name=fra', 'FRA'],
  ])('with %s finds %s', async (filter, code) => {
    const found = await walk<{ code: string }>(`/participants?${filter}`, 'participants');
    expect(found.map((one) => one.code)).toContain(code);
    expect(found.length).toBeLessThan(30);
  });

  it('sorted by name is the same over its pages', async () => {
    const whole = await walk('/participants?sort=name&limit=1000', 'participants');
    expect(await walk('/participants?sort=name&limit=50', 'participants')).toStrictEqual(whole);
    expect(
      (await walk('/participants?sort=-name&limit=50', 'participants')).toReversed(),
    ).toStrictEqual(whole);
  });
});

describe('/treaties/{id}/status', () => {
  const status = '/treaties/XVIII-14/status';

  it('filters, sorts and leaves fields out, and its totals stay those of the whole table', async () => {
    const whole = (await register.get(status)).body;
    for (const wanted of ['party', 'signatory']) {
      const { body } = await register.get(`${status}?status=${wanted}`);
      expect(body).toStrictEqual({
        ...whole,
        participants: whole.participants.filter((row: any) => row.status === wanted),
      });
    }
    const one = await register.get(`${status}?participant=SRB`);
    expect(one.body.participants.map(({ code }: any) => code)).toStrictEqual(['SRB']);
    const sparse = await register.get(`${status}?fields=name,status`);
    expect(sparse.body.participants).toStrictEqual(
      whole.participants.map(({ code, name, status: state }: any) => ({
        code,
        name,
        status: state,
      })),
    );
    const dates = (await register.get(`${status}?sort=date`)).body.participants.map(
      (row: any) => row.consent?.dateOfDeposit ?? row.signature?.date ?? '9',
    );
    expect(dates).toStrictEqual(dates.toSorted());
    const names = (await register.get(`${status}?sort=-name`)).body.participants;
    expect(names).toStrictEqual(whole.participants.toReversed());
  });
});

describe('what no list takes', () => {
  const cursor = (...held: unknown[]): string =>
    Buffer.from(JSON.stringify(held)).toString('base64url');

  it.each([
    '/actions?cursor=x',
    '/actions?cursor=',
    `/actions?cursor=${cursor(1, 'treaties', 'number', ['a'], null, '5')}`,
    `/actions?sort=date&cursor=${cursor(1, 'actions', 'recorded', [1], null, '5')}`,
    `/actions?cursor=${cursor(1, 'actions', 'recorded', [{}], null, '5')}`,
    `/actions?cursor=${cursor(1, 'actions', 'recorded', [1], '2026-02-30', '5')}`,
    `/actions?cursor=${cursor(1, 'actions', 'recorded', [1], null, 'yesterday')}`,
    '/actions?kind=marriage',
    '/actions?from=2026-02-30',
    '/actions?limit=0',
    '/treaties?state=open',
    '/treaties?q=x',
    '/participants?kind=king',
    '/treaties/XVIII-16/status?fields=secret',
    '/treaties/XVIII-16/status?sort=colour',
    '/treaties/XVIII-16/actions?treaty=XVIII-14',
    '/treaties.csv?limit=5',
  ])('%s is a problem that names the field', async (path) => {
    const { status, body } = await register.get(path);
    expect([status, body.code, typeof body.field]).toStrictEqual([
      400,
      'invalid-parameter',
      'string',
    ]);
  });

  it('a treaty that is not registered has no actions', async () => {
    expect((await register.get('/treaties/X-999/actions')).status).toBe(404);
    expect((await register.get('/actions?treaty=X-999')).status).toBe(404);
  });
});

(hasWholeTable ? describe : describe.skip)('with the UN tables of 2015', () => {
  beforeAll(() => importTable(register, wholeTable), 600_000);

  it('goes over all actions and all treaties by their links', async () => {
    const actions = await walk<Action>('/actions?limit=1000&sort=-date', 'actions');
    expect(actions.length).toBeGreaterThan(29_000);
    expect(new Set(actions.map(({ action }) => action)).size).toBe(actions.length);
    const dates = actions.map(({ date }) => date);
    expect(dates).toStrictEqual(dates.toSorted().toReversed());
    const inForce = await walk<any>('/treaties?state=in-force&limit=50', 'treaties');
    expect(new Set(inForce.map((one) => one.entryIntoForce.state))).toStrictEqual(
      new Set(['in-force']),
    );
    expect(inForce.length).toBeGreaterThan(30);
  }, 600_000);
});
