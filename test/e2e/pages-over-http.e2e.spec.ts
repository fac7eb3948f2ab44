import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { assetAddress } from '#pages';
import { pageWords as english } from '../../apps/registry/src/pages/words.en.ts';
import { pageWords as french } from '../../apps/registry/src/pages/words.fr.ts';
import { cybercrime, fill, pagesOf, type Filled } from './filled-pages.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
const html = { Accept: 'text/html' };
let filled: Filled;

beforeAll(async () => {
  await register.start();
  filled = await fill(register);
}, 600_000);
afterAll(() => register.remove());

const page = async (path: string, language?: 'en' | 'fr'): Promise<string> => {
  const separator = path.includes('?') ? '&' : '?';
  const asked = language === undefined ? path : `${path}${separator}lang=${language}`;
  const { body } = await register.get(asked, html);
  return body as string;
};
const everyPage = (): [string, string][] => Object.entries(pagesOf(filled));

/** Texts of a document as a reader sees them: no tags, no titles of the map. */
const textOf = (document: string): string =>
  document
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

/** Every fixed text of a table of words, by its place in it. */
function* textsOf(words: object, place = ''): Generator<[string, string]> {
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') yield [`${place}${name}`, value];
    else if (typeof value === 'object' && value !== null) yield* textsOf(value, `${place}${name}.`);
  }
}

describe('pages over HTTP', () => {
  it('are given to who asks for HTML, and the data to who does not', async () => {
    const asPage = await register.get(`${cybercrime}/status`, {
      Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    });
    expect(asPage.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(asPage.headers.get('vary')).toContain('Accept');
    expect(asPage.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(asPage.headers.get('content-security-policy')).not.toContain('unsafe');
    const asData = await register.get(`${cybercrime}/status`);
    expect(asData.body.treaty).toBe('XVIII-16');
  });

  it('are confirmed by their tag, each language by its own, until something is recorded', async () => {
    const first = await register.get(`${cybercrime}?lang=fr`, html);
    const tag = first.headers.get('etag')!;
    const again = await register.get(`${cybercrime}?lang=fr`, { ...html, 'If-None-Match': tag });
    expect(again.status).toBe(304);
    const other = await register.get(`${cybercrime}?lang=en`, { ...html, 'If-None-Match': tag });
    expect(other.status).toBe(200);
    const accepted = await register.get(cybercrime, {
      ...html,
      'Accept-Language': 'fr-CH, en;q=0.5',
    });
    expect(accepted.headers.get('content-language')).toBe('fr');
  });

  it('stay far below 100 kB with styles and scripts, the longest table with its map included', async () => {
    const status = await register.get(`${cybercrime}/status`);
    expect(status.body.participants.length).toBeGreaterThan(190);
    const assets = await Promise.all(
      ['pages.css', 'enhance.js', 'seal.svg'].map((name) => page(assetAddress(name))),
    );
    const withAssets = assets.reduce((sum, text) => sum + gzipSync(text).length, 0);
    const sizes = await Promise.all(
      everyPage().map(async ([name, path]) => {
        const bytes = gzipSync(await page(path)).length + withAssets;
        return [name, bytes] as const;
      }),
    );
    expect(sizes.filter(([, bytes]) => bytes > 60_000)).toStrictEqual([]);
  });

  it('hold no inline script, no inline style, no address of elsewhere', async () => {
    for (const [name, path] of everyPage()) {
      const text = await page(path);
      expect([name, text.match(/<style| style="| on[a-z]+="|javascript:/g)]).toStrictEqual([
        name,
        null,
      ]);
      const loaded = [...text.matchAll(/<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"/g)];
      expect(loaded.map(([, address]) => address).filter((a) => !a?.startsWith('/'))).toStrictEqual(
        [],
      );
    }
  });

  it('link only to what is there', async () => {
    const seen = new Set<string>();
    for (const [, path] of everyPage())
      for (const [, address = ''] of (await page(path, 'en')).matchAll(/<a[^>]* href="(\/[^"]*)"/g))
        seen.add(address.replaceAll('&amp;', '&').split('#')[0] ?? '');
    const missing: string[] = [];
    // Rows are alike: of every kind of address some are followed.
    const followed = Map.groupBy(
      seen,
      (address) => address.replace(/[0-9a-f]{8}-[0-9a-f-]+|\/[A-Z]{3}\b/g, '*').split('?')[0],
    );
    for (const [, addresses] of followed)
      for (const address of addresses.slice(0, 4)) {
        const { status } = await register.get(address, html);
        if (status !== 200) missing.push(`${status} ${address}`);
      }
    expect(seen.size).toBeGreaterThan(300);
    expect(missing).toStrictEqual([]);
  }, 600_000);
});

describe('in every language', () => {
  it('pages say nothing that has no words', async () => {
    for (const [name, path] of everyPage())
      for (const language of ['en', 'fr'] as const) {
        const text = await page(path, language);
        expect([name, text.includes(`<html lang="${language}"`)]).toStrictEqual([name, true]);
        expect([
          name,
          textOf(text)
            .match(/\bundefined\b|\bnull\b(?!",)|\[object|\bNaN\b/g)
            ?.filter(() => name !== 'final clauses') ?? [],
        ]).toStrictEqual([name, []]);
      }
  });

  it('French pages hold no English words of the register', async () => {
    const frenchTexts = new Set([...textsOf(french)].map(([, text]) => text));
    const onlyEnglish = [...textsOf(english)]
      .map(([, text]) => text)
      .filter((text) => text.length > 8 && !frenchTexts.has(text));
    expect(onlyEnglish.length).toBeGreaterThan(100);
    const found: string[] = [];
    for (const [name, path] of everyPage()) {
      // What is quoted in English is marked so.
      const text = textOf(
        (await page(path, 'fr')).replace(/<(\w+)[^>]* lang="en"[^>]*>.*?<\/\1>/gs, ' '),
      );
      for (const words of onlyEnglish)
        if (
          new RegExp(`(?<![\\w])${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w])`).test(
            text,
          )
        )
          found.push(`${name}: ${words}`);
    }
    expect(found).toStrictEqual([]);
  });

  it('the problem of a wrong address is told in a page too', async () => {
    const { status, body } = await register.get(`${cybercrime}/status?asOf=2026-02-30`, html);
    expect([status, String(body).includes('<h1>')]).toStrictEqual([400, true]);
  });
});

describe('a moment', () => {
  it('typed in the date box becomes the address of the page at that moment', async () => {
    const asked = `${register.address}/as-of?page=${encodeURIComponent(`${cybercrime}?lang=fr&asKnownAt=5`)}&lang=fr&asOf-day=1&asOf-month=3&asOf-year=2026&asKnownAt=`;
    const response = await fetch(asked, { redirect: 'manual', headers: html });
    expect([response.status, response.headers.get('location')]).toStrictEqual([
      303,
      `${cybercrime}?lang=fr&asOf=2026-03-01`,
    ]);
  });

  it.each(['https://elsewhere.invalid/', '//elsewhere.invalid/', '/\\elsewhere.invalid/', ''])(
    'never leads away: page=%s',
    async (target) => {
      const asked = `${register.address}/as-of?page=${encodeURIComponent(target)}`;
      const response = await fetch(asked, { redirect: 'manual' });
      expect([response.status, response.headers.get('location')]).toStrictEqual([400, null]);
    },
  );

  it('in a citation answers the same after more was recorded', async () => {
    const cited = /status\?asOf=2026-11-24&asKnownAt=\d+/.exec(
      (await page(cybercrime)).replaceAll('&amp;', '&'),
    )?.[0];
    expect(cited).toBeDefined();
    const before = await register.get(`/treaties/XVIII-16/${cited}`);
    await register.post(`/depositary${cybercrime}/actions`, {
      kind: 'declaration',
      participant: 'ISL',
      date: '2026-11-20',
      text: 'Recorded after the citation was copied.',
    });
    const after = await register.get(`/treaties/XVIII-16/${cited}`);
    expect(after.body).toStrictEqual(before.body);
    const now = await register.get(`${cybercrime}/status`);
    expect(now.body.position).not.toBe(before.body.position);
  });
});

describe('the status as a PDF', () => {
  const read = async (
    path: string,
  ): Promise<{ bytes: Buffer; texts: string[]; tags: string[] }> => {
    const bytes = Buffer.from(await (await fetch(register.address + path)).arrayBuffer());
    const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
    const texts: string[] = [];
    const tags = new Set<string>();
    const walk = (node: any): void => {
      if (typeof node?.role === 'string') tags.add(node.role);
      for (const child of node?.children ?? []) walk(child);
    };
    for (let number = 1; number <= document.numPages; number += 1) {
      const one = await document.getPage(number);
      const { items } = await one.getTextContent();
      texts.push(items.map((item: any) => `${item.str ?? ''}${item.hasEOL ? '\n' : ''}`).join(''));
      walk(await one.getStructTree());
    }
    const { info } = (await document.getMetadata()) as any;
    texts.push(`${info.Title} | ${info.Language}`);
    await document.destroy();
    return { bytes, texts, tags: [...tags].toSorted() };
  };

  it('is tagged, has a title and a language, and says what the page says', async () => {
    const { bytes, texts, tags } = await read(`${cybercrime}/status.pdf?lang=fr`);
    expect(tags).toStrictEqual(
      ['Caption', 'Document', 'H1', 'H2', 'H3', 'P', 'Root', 'TD', 'TH', 'TR', 'Table'].toSorted(),
    );
    expect(texts.at(-1)).toMatch(/État au 24 novembre 2026 \| fr$/);
    expect(bytes.toString('latin1')).toContain('/Scope /Column');
    const whole = texts.join('\n');
    for (const words of [
      'Côte d’Ivoire',
      'Türkiye',
      'Réserve, 7 février 2026',
      'Déclaration, 10 novembre 2026',
    ])
      expect(whole.replaceAll("'", '’')).toContain(words);
  });

  it('shows a hostile text as text', async () => {
    const { texts, bytes } = await read(`${cybercrime}/status.pdf`);
    const whole = texts.join('\n');
    expect(whole).toContain('<script>alert("run")</script>');
    expect(whole).toContain('=HYPERLINK(');
    expect(whole).toContain('déjà Ωmega Щ');
    expect(bytes.toString('latin1')).not.toMatch(/\/JavaScript|\/URI|\/Launch/);
  });

  it('is the same bytes for the same facts, and 304 for who has them', async () => {
    const path = `${register.address}${cybercrime}/status.pdf?asOf=2026-03-01`;
    const first = await fetch(path);
    const second = await fetch(`${path}&asKnownAt=99999999`);
    const [a, b] = [await first.arrayBuffer(), await second.arrayBuffer()];
    expect(a.byteLength).toBeGreaterThan(10_000);
    expect(Math.abs(a.byteLength - b.byteLength)).toBeLessThan(2000);
    const again = await fetch(path, { headers: { 'If-None-Match': first.headers.get('etag')! } });
    expect(again.status).toBe(304);
    expect((await register.get('/treaties/none/status.pdf')).status).toBe(404);
  });
});
