/** What is wrong with an id under which a treaty should be registered, in one sentence; null: nothing. */
export function treatyIdProblem(id: string): string | null {
  if (/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(id)) return null;
  return 'must be 1 to 64 letters, digits, dots and hyphens, beginning with a letter or digit, such as XVIII-16';
}
