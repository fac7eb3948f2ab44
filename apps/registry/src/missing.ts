import { Problem } from '#http';
import type { InEveryLanguage } from '#pages';

/** Why there is nothing at an address: in every language where a page may say it, else in English. */
export type Missing = string | InEveryLanguage<string>;

/** Nothing is at the address asked for. */
export const notFound = (missing: Missing): Problem =>
  typeof missing === 'string'
    ? new Problem('not-found', missing)
    : new Problem('not-found', missing.en, { detailFr: missing.fr });

/** No treaty has the id; in an address of all treaties there is none. */
export function noTreaty(id: string | null | undefined): InEveryLanguage<string> {
  const treaty = (id ?? '').slice(0, 64);
  return {
    en: `The register has no treaty ${treaty}; /treaties lists them.`,
    fr: `Le traité ${treaty} n’est pas au registre ; /treaties en donne la liste.`,
  };
}

/** No participant has the code. */
export const noParticipant = (code: string): InEveryLanguage<string> => ({
  en: `No participant has the code ${code.slice(0, 20)}; /participants lists them.`,
  fr: `Aucun participant n’a le code ${code.slice(0, 20)} ; /participants en donne la liste.`,
});

/** No notification has the number. */
export const noNotification = (number: string): InEveryLanguage<string> => ({
  en: `No notification has the number ${number.slice(0, 80)}; /notifications lists them.`,
  fr: `Aucune notification ne porte le numéro ${number.slice(0, 80)} ; /notifications en donne la liste.`,
});
