import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { catalogueEntry } from '#catalogue';
import { addDays, calendarDate } from '#treaty';
import { RegisterUnderTest, states } from './register-under-test.ts';

const register = new RegisterUnderTest();
const treaty = '/treaties/XVIII-16';
const staff = '/depositary/treaties/XVIII-16';
const asOf = '2026-11-20';

beforeAll(() => register.start());
afterAll(() => register.remove());

/** The very bytes of an answer. */
const bytes = async (path: string): Promise<string> =>
  (await fetch(register.address + path)).text();
const post = async (path: string, body: object): Promise<any> => {
  const answer = await register.post(path, body);
  expect([answer.status, answer.body.outcome]).toStrictEqual([201, 'recorded']);
  return answer.body;
};
const force = async (query = ''): Promise<any> =>
  (await register.get(`${treaty}/entry-into-force?asOf=${asOf}${query}`)).body;
const fortieth = (answer: any): string => answer.countedInstruments[39]?.participant ?? 'none';

/** Everything that is asked of one state of knowledge. */
const pages = (position: string): string[] =>
  [
    `${treaty}?`,
    `${treaty}/status?`,
    `${treaty}/entry-into-force?`,
    `${treaty}/actions?limit=200&`,
    `${treaty}/participants/FRA?`,
    `/participants/AUS?`,
  ].map((path) =>
    path.includes('/actions')
      ? `${path}asKnownAt=${position}`
      : `${path}asOf=${asOf}&asKnownAt=${position}`,
  );

const remembered: { path: string; body: string }[] = [];
const remember = async (position: string): Promise<void> => {
  for (const path of pages(position)) remembered.push({ path, body: await bytes(path) });
};
const changes = async (since: string): Promise<any> => {
  const { status, body } = await register.get(
    `${treaty}/changes?fromKnownAt=${since}&from=${asOf}&to=${asOf}`,
  );
  expect(status).toBe(200);
  return body;
};

const deposit = async (participant: string, date: string): Promise<any> => {
  const { body } = await register.get(`${treaty}/participants/${participant}`);
  const kind = body.signature === undefined ? 'accession' : 'ratification';
  return post(`${staff}/actions`, { kind, participant, date });
};

describe('what was known then, and what changed it', () => {
  let last: any;
  let first: any;

  it('forty deposits, the last by Vietnam', async () => {
    for (const [index, code] of states.slice(0, 40).entries()) {
      last = await deposit(code, addDays(calendarDate('2026-08-01'), index));
      if (index === 0) first = last;
    }
    expect(fortieth(await force())).toBe(states[39]);
    expect((await force()).date).toBe(addDays(calendarDate('2026-08-01'), 39 + 90));
    await remember(last.position);
  });

  it('an older deposit recorded late changes which instrument was the fortieth', async () => {
    const since = last.position;
    last = await deposit('AUS', '2026-08-05');
    expect(fortieth(await force())).toBe(states[38]);
    expect(fortieth(await force(`&asKnownAt=${since}`))).toBe(states[39]);
    const found = await changes(since);
    expect(found.recorded).toMatchObject([
      { type: 'actionRecorded', participant: 'AUS', date: '2026-08-05', position: last.position },
    ]);
    expect(found.entryIntoForce).toMatchObject({
      before: { date: '2026-12-08', counted: 40 },
      after: { date: '2026-12-07', counted: 41 },
    });
    const places = found.entryIntoForce.countedInstruments.map((one: any) => [
      (one.after ?? one.before).participant,
      one.before?.number ?? null,
      one.after?.number ?? null,
    ]);
    expect(places).toContainEqual(['AUS', null, 5]);
    expect(places).toContainEqual([states[38], 39, 40]);
    expect(places).toContainEqual([states[39], 40, 41]);
    await remember(last.position);
  });

  it.each([
    ['a wrong date', { date: '2026-11-10' }, '2026-12-08'],
    ['a wrong participant', { participant: 'NOR' }, '2026-12-08'],
    ['a wrong kind, of one that does not count', { kind: 'consentToBeBound' }, '2026-12-08'],
  ])('%s is corrected, and the correction named', async (_what, changed, date) => {
    const since = last.position;
    const before = (await force()).date;
    last = await post(`${staff}/actions/${first.action}/corrections`, {
      changes: changed,
      reason: 'The covering letter was read again.',
      overrideReason: 'As the instrument says.',
    });
    expect((await force()).date).toBe(date);
    const found = await changes(since);
    expect(found.recorded).toMatchObject([
      { type: 'actionCorrected', action: first.action, changes: changed },
    ]);
    expect(found.entryIntoForce.before.date).toBe(before);
    const { body } = await register.get(`/actions/${first.action}?asOf=${asOf}`);
    expect(body.first).toMatchObject({ participant: 'FRA', date: '2026-08-01' });
    await remember(last.position);
  });

  it('an annulment leaves forty less one', async () => {
    const since = last.position;
    const { body } = await register.get(`${treaty}/participants/AUS`);
    last = await post(`${staff}/actions/${body.actions.at(-1).action}/annulment`, {
      reason: 'The deposit was of another treaty.',
    });
    expect(await force()).toMatchObject({ state: 'pending', counted: 39 });
    const found = await changes(since);
    expect(found.recorded).toMatchObject([{ type: 'actionAnnulled' }]);
    expect(found.changes).toContainEqual(
      expect.objectContaining({
        code: 'AUS',
        after: expect.objectContaining({ status: 'signatory' }),
      }),
    );
    expect(found.entryIntoForce).toMatchObject({
      before: { state: 'fixed' },
      after: { state: 'pending' },
    });
    await remember(last.position);
  });

  it('every past answer is still the same, byte for byte, also after a restart', async () => {
    expect(remembered).toHaveLength(36);
    const again = async () => {
      for (const { path, body } of remembered) expect(await bytes(path)).toBe(body);
    };
    await again();
    await register.stop();
    await register.start();
    await again();
  });

  it('an action is shown as known then, and not before it was known', async () => {
    const path = `/actions/${last.action}`;
    expect((await register.get(path)).body.annulled).toBe('The deposit was of another treaty.');
    const before = remembered.at(-7)!.path.replace(/.*asKnownAt=/, '');
    expect((await register.get(`${path}?asKnownAt=${before}`)).body.annulled).toBeNull();
    expect((await register.get(`${path}?asKnownAt=${first.position}`)).status).toBe(404);
  });

  it('before the treaty was adopted its table is empty; before it was registered it is not known', async () => {
    const { body } = await register.get(`${treaty}/status?asOf=2020-01-01`);
    expect([body.participants, body.totals.parties]).toStrictEqual([[], 0]);
    expect((await register.get(`${treaty}/status?asKnownAt=0`)).status).toBe(404);
    for (const day of ['1000-01-01', '9999-12-31'])
      for (const path of ['', '/status', '/entry-into-force', '/participants/FRA'])
        expect((await register.get(`${treaty}${path}?asOf=${day}`)).status).toBe(200);
  });

  it('names are those of the date asked, in every answer', async () => {
    const renamed = await register.post('/depositary/participants/CZE/names', {
      name: 'Czechia',
      date: '2026-10-01',
    });
    expect(renamed.status).toBe(201);
    const names = async (day: string): Promise<string[]> => {
      const times = `asOf=${day}`;
      const get = async (path: string) => (await register.get(path)).body;
      const table = await get(`${treaty}/status?${times}`);
      const one = await get(`${treaty}/participants/CZE?${times}`);
      const all = await get(`/participants?limit=500&${times}`);
      const difference = await get(`${treaty}/changes?from=2026-07-01&to=${day}`);
      const of = (rows: any[]) => rows.find(({ code }) => code === 'CZE').name;
      return [
        of(table.participants),
        one.name,
        (await get(`/participants/CZE?${times}`)).name,
        of(all.participants),
        of(difference.changes),
        (await get(`/actions/${one.actions[0].action}?${times}`)).name,
      ];
    };
    expect(new Set(await names('2026-09-30'))).toStrictEqual(new Set(['Czech Republic']));
    expect(new Set(await names('2026-10-01'))).toStrictEqual(new Set(['Czechia']));
  });
});

describe('final clauses over HTTP', () => {
  it('are previewed on the actions that are recorded already', async () => {
    await post('/depositary/treaties', { treaty: 'XVIII-14', title: 'UNCAC, clauses unread' });
    for (const [index, participant] of states.slice(0, 31).entries())
      await post('/depositary/treaties/XVIII-14/actions', {
        kind: 'accession',
        participant,
        date: addDays(calendarDate('2005-08-01'), index),
      });
    const before = (await register.get('/treaties/XVIII-14')).body;
    const preview = await register.post(
      '/depositary/treaties/XVIII-14/final-clauses?preview=true',
      {
        catalogue: 'uncac',
        reason: 'Read in the certified true copy.',
      },
    );
    expect(preview.status).toBe(200);
    expect(preview.body).toMatchObject({
      outcome: 'recorded',
      before: { totals: { parties: 0 }, entryIntoForce: { state: 'unknown' } },
      after: {
        totals: { parties: 31 },
        // Thirty instruments by 30 August 2005, and ninety days.
        entryIntoForce: { state: 'in-force', date: '2005-11-28', counted: 31 },
      },
    });
    expect(preview.body.after.entryIntoForce.steps[0]).toBe(
      `The 30th counted instrument was deposited on 2005-08-30 (${states[29]}).`,
    );
    expect(preview.body.changes).toHaveLength(31);
    expect(preview.body.clauses.inWords.en.join(' ')).toContain('ninetieth day');
    expect((await register.get('/treaties/XVIII-14')).body).toStrictEqual(before);
  });

  it('the schema is the published one, and the catalogue fits it', async () => {
    const { body: schema, headers } = await register.get('/final-clauses/schema.json');
    expect(headers.get('content-type')).toContain('application/schema+json');
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/);
    const fits = ajv.compile(schema);
    const { body } = await register.get('/final-clauses/uncac');
    expect(fits(body.finalClauses)).toBe(true);
    expect(body.finalClauses).toStrictEqual(catalogueEntry('uncac')!.finalClauses);
  });
});

describe('the answers and their schemas', () => {
  it('have the fields that OpenAPI says, and no other', async () => {
    const { body: openapi } = await register.get('/openapi.json');
    const { schemas } = openapi.components;
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'openapi', components: { schemas: closed(schemas) } });
    const statement = {
      kind: 'reservation',
      participant: 'DEU',
      date: '2026-10-01',
      text: 'Article 17.',
      overrideReason: 'Received late.',
    };
    const made = await post(`${staff}/actions`, statement);
    const objection = { kind: 'objection', participant: 'ITA', date: '2026-10-02', text: 'Late.' };
    await post(`${staff}/actions`, { ...objection, relatesTo: made.action });
    await post(`${staff}/actions`, {
      kind: 'territorialExclusion',
      participant: 'DEU',
      date: '2026-10-01',
      territory: 'Heligoland',
    });
    await post(`${staff}/actions`, {
      kind: 'denunciation',
      participant: 'DEU',
      date: '2026-10-05',
    });
    await post(`${staff}/official-dates`, {
      participant: 'ITA',
      date: '2026-12-24',
      reason: 'As notified.',
    });
    for (const [name, path] of [
      ['Status', `${treaty}/status`],
      ['Status', '/treaties/XVIII-14/status'],
      ['EntryIntoForce', `${treaty}/entry-into-force`],
      ['EntryIntoForce', '/treaties/XVIII-14/entry-into-force'],
      ['Treaty', treaty],
      ['TreatiesPage', '/treaties'],
      ['ParticipantInTreaty', `${treaty}/participants/DEU`],
      ['Changes', `${treaty}/changes?from=2026-07-01`],
      ['Changes', `${treaty}/changes?fromKnownAt=${first40()}`],
      ['ActionsPage', `${treaty}/actions`],
      ['ActionsPage', `/actions?asKnownAt=${first40()}`],
      ['Action', `/actions/${made.action}`],
      ['Participant', '/participants/DEU'],
    ] as const) {
      const fits = ajv.getSchema(`openapi#/components/schemas/${name}`)!;
      const { status, body } = await register.get(path);
      expect([path, status, await fits(body), fits.errors]).toStrictEqual([path, 200, true, null]);
    }
  });
});

const first40 = (): string => remembered[0]!.path.replace(/.*asKnownAt=/, '');

/** The same schemas, in which a field that is not described is an error. */
function closed(schema: any): any {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, one]) => [key, closed(one)]));
  const isOpen = schema.type !== 'object' || schema.properties === undefined;
  return isOpen || 'additionalProperties' in schema
    ? inner
    : { ...inner, additionalProperties: false };
}
