import { problemCatalogue } from '#http';
import { problemWordsFr, type Language } from '#pages';
import { refusalCatalogue, refusalMeaningsInFrench } from '#treaty';

const titles = Object.entries(problemCatalogue).map(([code, { title }]) => [code, title]);
const titlesFr = Object.entries(problemWordsFr).map(([code, { title }]) => [code, title]);
const meanings = Object.entries(refusalCatalogue).map(([code, { meaning }]) => [code, meaning]);

const byLanguage: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: Object.fromEntries([...titles, ...meanings]),
  fr: Object.fromEntries([...titlesFr, ...Object.entries(refusalMeaningsInFrench)]),
};

/** What the code of a problem or of a refusal of the law means, in words; null for a code that there is not. */
export const meaningOf = (code: string, language: Language): string | null =>
  Object.hasOwn(byLanguage[language], code) ? (byLanguage[language][code] ?? null) : null;
