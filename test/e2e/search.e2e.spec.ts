import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
const actions = '/depositary/treaties/XVIII-16/actions';
const text =
  'The Government reserves its position on article 62 <script>alert(1)</script> and does not consider itself bound by the compulsory jurisdiction of the International Court of Justice.';

beforeAll(() => register.start());
afterAll(() => register.remove());

const search = async (q: string, more = ''): Promise<any[]> => {
  const { status, body } = await register.get(`/search?q=${encodeURIComponent(q)}${more}`);
  expect(status).toBe(200);
  return body.results;
};
const first = async (q: string): Promise<string> => {
  const [result] = await search(q);
  return `${result?.kind} ${result?.key}`;
};
const suggested = async (q: string): Promise<string[]> => {
  const { body } = await register.get(`/search/suggestions?q=${encodeURIComponent(q)}`);
  return body.suggestions.map(({ key }: any) => key);
};
/** The words that the highlights of an excerpt stand at. */
const highlighted = ({ excerpt }: any): string[] =>
  excerpt.highlights.map(([from, to]: [number, number]) => excerpt.text.slice(from, to));

describe('searching what is shipped', () => {
  it('finds participants by any name, former ones too, whatever accents, case and slips', async () => {
    const asked: [string, string][] = [
      ['FRANCE', 'FRA'],
      ['fra', 'FRA'],
      ['cote divoire', 'CIV'],
      ["Côte d'Ivoire", 'CIV'],
      ['turkiye', 'TUR'],
      ['Turquie', 'TUR'],
      ['Swaziland', 'SWZ'],
      ['Burma', 'MMR'],
      ['Zaire', 'COD'],
      ['Germny', 'DEU'],
      ['Allemagne', 'DEU'],
      ['philipines', 'PHL'],
      ['etats unis', 'USA'],
      ['Union europeenne', 'EUE'],
    ];
    const found = await Promise.all(asked.map(([q]) => first(q)));
    expect(found.map((one, index) => [asked[index]![0], one])).toStrictEqual(
      asked.map(([q, code]) => [q, `participant ${code}`]),
    );
  });

  it('finds the treaty by its number however written, and by words of its title', async () => {
    for (const q of ['XVIII-16', 'xviii.16', 'XVIII 16', 'cybercrime', 'cybrcrime'])
      expect([q, await first(q)]).toStrictEqual([q, 'treaty XVIII-16']);
    const [result] = await search('evidence cybercrme');
    expect(highlighted(result)).toStrictEqual(['Cybercrime', 'Evidence']);
  });

  it('suggests participants and treaties from the first letter on', async () => {
    expect((await suggested('maurit')).toSorted()).toStrictEqual(['MRT', 'MUS']);
    expect((await suggested('in')).slice(0, 2)).toStrictEqual(['IND', 'IDN']);
    expect(await suggested('cyberc')).toStrictEqual(['XVIII-16']);
    expect((await suggested('b')).length).toBe(10);
  });
});

describe('searching texts', () => {
  let reservation = '';

  it('finds a reservation as soon as it is recorded, with an excerpt whose highlights are offsets', async () => {
    const signature = await register.get('/treaties/XVIII-16/participants/VNM');
    const { status, body } = await register.post(actions, {
      kind: 'reservation',
      participant: 'VNM',
      date: signature.body.signature.date,
      text,
    });
    expect([status, body.detail]).toStrictEqual([201, undefined]);
    reservation = body.action;
    const [result] = await search('compulsory jurisdicton', `&atLeast=${body.position}`);
    expect([result.kind, result.key, result.address]).toStrictEqual([
      'action',
      reservation,
      `/actions/${reservation}`,
    ]);
    expect(highlighted(result)).toStrictEqual(['compulsory', 'jurisdiction']);
    expect(result.title).toBe('Viet Nam – Reservation, 25 October 2025 (XVIII-16)');
    expect((await search('script alert'))[0].excerpt.text).toContain('<script>alert(1)</script>');
  });

  it('finds it by whose it is, within one kind, and by its id', async () => {
    expect((await search('viet nam reservation jurisdiction'))[0].key).toBe(reservation);
    expect((await search('viet nam', '&kind=action')).map(({ key }) => key)).toStrictEqual([
      reservation,
    ]);
    expect(await first(reservation)).toBe(`action ${reservation}`);
    const [result] = await search('viet nam');
    expect([result.kind, result.key]).toStrictEqual(['participant', 'VNM']);
  });
});

describe('a question nobody should ask', () => {
  it('is refused in one sentence, or answered with nothing found', async () => {
    const refused = ['', '?q=', '?q=%20', `?q=${'a'.repeat(201)}`, '?q=a&q=b', '?q=a&kind=State'];
    for (const query of refused) expect((await register.get(`/search${query}`)).status).toBe(400);
    expect((await register.get('/search/suggestions?q=a&kind=action')).status).toBe(400);
    const odd = ['*', '"', '\u0000', '__proto__', 'constructor', '%', '((((', '🏳️'.repeat(40)];
    for (const q of odd) {
      const { status, body } = await register.get(`/search?q=${encodeURIComponent(q)}`);
      expect([q, status, body.total >= 0]).toStrictEqual([q, 200, true]);
    }
  });

  it('has its tag confirmed until something is recorded', async () => {
    const before = await register.get('/search?q=france');
    const tag = { 'If-None-Match': before.headers.get('etag')! };
    expect((await register.get('/search?q=france', tag)).status).toBe(304);
    await register.post(actions, { kind: 'accession', participant: 'MCO', date: '2026-11-20' });
    expect((await register.get('/search?q=france', tag)).status).toBe(200);
  });
});
