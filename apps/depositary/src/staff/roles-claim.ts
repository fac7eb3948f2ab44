import { isRole, type Role } from './permissions.ts';

/**
 * The roles that a claim carries: a list of words, or words with spaces between. A claim's name may contain
 * dots itself (`https://example.org/roles`), else dots go into objects (`realm_access.roles`).
 * @returns null when the claim is not there
 */
export function rolesOfClaim(
  claims: Readonly<Record<string, unknown>>,
  claim: string,
): Role[] | null {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : within(claims, claim.split('.'));
  if (value === undefined) return null;
  const words =
    typeof value === 'string' ? value.split(/[\s,]+/) : Array.isArray(value) ? value : [];
  return [...new Set(words.filter(isRole))];
}

function within(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, first)) return undefined;
  return within((value as Readonly<Record<string, unknown>>)[first], rest);
}
