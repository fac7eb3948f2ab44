import type { FinalClauses } from '../final-clauses.ts';

/**
 * What the final clauses hold that nothing is computed from, a sentence each: stated, never approximated.
 * Empty when every part of them runs.
 */
export function notComputed({
  signature,
  consent,
  entryIntoForce,
  laterParties,
  withdrawal,
}: FinalClauses): string[] {
  const said: string[] = [];
  if (signature === null)
    said.push('When and where the treaty is open for signature is not recorded.');
  if (consent === null) said.push('Who may accede, and from when, is not recorded.');
  if (entryIntoForce === null) said.push('The clause on entry into force is not recorded.');
  else if (entryIntoForce.reioInstruments === 'unknown')
    said.push(
      'Whether instruments of regional organizations count is not recorded; they are not counted.',
    );
  if (laterParties === null) said.push('The clause on later parties is not recorded.');
  else if (laterParties.appliesTo === 'unknown')
    said.push(
      'To which deposits the clause on later parties applies is not recorded; it is applied to those after the last instrument needed.',
    );
  if (withdrawal?.words != null) said.push(`On leaving, as written: ${withdrawal.words}`);
  for (const condition of entryIntoForce?.conditions ?? []) {
    switch (condition.type) {
      case 'subset-count':
        if (condition.of === undefined)
          said.push(`Who are ${condition.group} is not recorded, so no date is computed.`);
        break;
      case 'party-to':
        said.push(`That only parties to ${condition.treaty} may become parties is not checked.`);
        break;
      case 'minimum-protocols':
        said.push(`That a State consents to ${condition.count} protocols is not checked.`);
        break;
      case 'tacit-consent':
      case 'pairwise-acceptance':
        said.push(`${condition.text}: not computed.`);
        break;
      case 'objection-window':
        said.push(
          'Between which parties the treaty is in force after an objection is not computed.',
        );
        break;
      default:
        break;
    }
  }
  return said;
}
