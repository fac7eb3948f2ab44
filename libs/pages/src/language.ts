import type { FastifyRequest } from 'fastify';
import { Problem } from '#http';

/** The languages that have words here. The others of the United Nations are named below, ready for theirs. */
export type Language = 'en' | 'fr';

export interface LanguageEntry {
  /** In its own words, as a switch shows it. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** Whether every page has words in it. A language without is offered nowhere. */
  readonly ready: boolean;
}

/** The six official languages of the United Nations. */
export const unLanguages: Readonly<Record<string, LanguageEntry>> = {
  en: { name: 'English', direction: 'ltr', ready: true },
  fr: { name: 'Français', direction: 'ltr', ready: true },
  es: { name: 'Español', direction: 'ltr', ready: false },
  ru: { name: 'Русский', direction: 'ltr', ready: false },
  zh: { name: '中文', direction: 'ltr', ready: false },
  ar: { name: 'العربية', direction: 'rtl', ready: false },
};

/** The languages a page may be asked in, in the order of the switch. */
export const pageLanguages: readonly Language[] = ['en', 'fr'];

const isPageLanguage = (word: string): word is Language =>
  pageLanguages.some((language) => language === word);

/**
 * The language of a page: `?lang=fr` where it is given, else the first of Accept-Language that has words,
 * else English. A page in a language is an address of its own, so nothing is kept in a cookie.
 * @throws Problem `invalid-parameter` for a `lang` that has no words
 */
export function languageOf({ query, headers }: FastifyRequest): Language {
  const asked = (query as Readonly<Record<string, unknown>>)['lang'];
  if (asked !== undefined) {
    if (typeof asked === 'string' && isPageLanguage(asked)) return asked;
    throw new Problem('invalid-parameter', `lang: write one of ${pageLanguages.join(', ')}.`, {
      field: 'lang',
    });
  }
  return acceptedLanguages(headers['accept-language'] ?? '').find(isPageLanguage) ?? 'en';
}

/** The primary tags of an Accept-Language header, the most wanted first. */
function acceptedLanguages(header: string): string[] {
  return header
    .slice(0, 400)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.find((one) => one.trim().startsWith('q='))?.trim();
      return { tag: tag.split('-')[0] ?? '', weight: Number(weight?.slice(2) ?? 1) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/** One text in every language that has words. */
export type InEveryLanguage<Words> = Readonly<Record<Language, Words>>;
