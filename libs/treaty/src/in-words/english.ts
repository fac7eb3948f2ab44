import type { ActionKind } from '../action-kinds.ts';
import type { Condition, Delay, FinalClauses, NoticePeriod } from '../final-clauses.ts';
import { fractionInWords } from '../fraction.ts';
import { cardinalEn, ordinalEn } from './numbers.ts';

const instruments: Partial<Record<ActionKind, string>> = {
  ratification: 'ratification',
  acceptance: 'acceptance',
  approval: 'approval',
  accession: 'accession',
  formalConfirmation: 'formal confirmation',
  succession: 'succession',
};
const acts: Partial<Record<ActionKind, string>> = {
  definitiveSignature: 'definitive signature',
  consentToBeBound: 'consent to be bound',
  simplifiedProcedure: 'consent by simplified procedure',
  participation: 'participation',
};

const listed = (words: readonly string[], last = 'or'): string =>
  words.length < 2
    ? (words[0] ?? '')
    : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;

/** `instrument of ratification or accession`, `definitive signature or instrument of approval`. */
function whatIsCounted(kinds: readonly ActionKind[]): string {
  const own = kinds.flatMap((kind) => acts[kind] ?? []);
  const deposited = kinds.flatMap((kind) => instruments[kind] ?? []);
  const parts = [...own, ...(deposited.length > 0 ? [`instrument of ${listed(deposited)}`] : [])];
  return listed(parts);
}

const amount = (n: number, unit: string): string => `${cardinalEn(n)} ${unit}${n === 1 ? '' : 's'}`;

/** When, counted from `what`, which is a date: `the date of deposit of ...`. */
function after({ mode, n }: Delay, what: string): string {
  switch (mode) {
    case 'days':
      return `on the ${ordinalEn(n)} day after ${what}`;
    case 'months':
    case 'years':
      return `${amount(n, mode.slice(0, -1))} after ${what}`;
    case 'first-of-month-after-days':
      return `on the first day of the month after the ${ordinalEn(n)} day following ${what}`;
    case 'first-of-month-after-months':
      return `on the first day of the month following the expiration of ${amount(n, 'month')} after ${what}`;
    case 'first-of-nth-month':
      return `on the first day of the ${ordinalEn(n)} month after the month of ${what}`;
    case 'same-day':
      return `on ${what}`;
  }
}

const period = ({ mode, n }: Delay): string =>
  mode === 'same-day'
    ? 'no period'
    : amount(n, mode === 'days' ? 'day' : mode === 'years' ? 'year' : 'month');

function condition(one: Condition): string {
  switch (one.type) {
    case 'not-before-date':
      return `If these conditions are fulfilled by ${one.date}, it enters into force on that date.`;
    case 'not-before-offset':
      return `It shall not enter into force earlier than ${period(one.delay)} after its ${one.from === 'adoption' ? 'adoption' : 'opening for signature'}.`;
    case 'entry-into-force-of':
      return `It shall not enter into force before the entry into force of ${one.treaty}.`;
    case 'party-to':
      return `Only parties to ${one.treaty} may become parties.`;
    case 'all-parties-of':
      return `All parties to ${one.treaty} must have consented to be bound.`;
    case 'fraction-of-parties-of':
      return `At least ${one.fraction} of the parties to ${one.treaty}${one.asOf === undefined ? '' : ` on ${one.asOf}`} must have consented to be bound${one.count === undefined ? '' : `, which are ${one.count}`}.`;
    case 'named-states':
      return `Among those that deposited must be all of ${one.group} (${one.participants.join(', ')}).`;
    case 'subset-count':
      return `Among those that deposited must be at least ${cardinalEn(one.count)} of ${one.group}.`;
    case 'other-count':
      return `Besides them, at least ${cardinalEn(one.count)} others must have deposited.`;
    case 'share':
      return one.relativeTo === undefined
        ? `Those that deposited must account for at least ${fractionInWords(one.fraction)} of ${one.attribute}.`
        : `The ${one.attribute} of those that deposited must be at least ${fractionInWords(one.fraction)} of their ${one.relativeTo}.`;
    case 'minimum-protocols':
      return `A State consents to at least ${cardinalEn(one.count)} protocols.`;
    case 'tacit-consent':
    case 'pairwise-acceptance':
      return `${one.text}.`;
    case 'objection-window':
      return `${one.text ?? 'Others may object'} within ${period(one.delay)}.`;
    case 'ceases-below':
      return `It ceases to be in force when fewer than ${cardinalEn(one.count)} parties are left.`;
  }
}

function notice(one: NoticePeriod, noun: string): string {
  if (one.mode === 'cut-off')
    return `A ${noun} received by ${one.receivedBy} (month and day) takes effect on ${one.effectOn} of the next year; one received later, as if it had been received by that day of the next year.`;
  if (one.mode === 'end-of-period')
    return `The treaty remains in effect for ${period(one.first)} from its entry into force and then for successive periods of ${period(one.following)}; a ${noun} received at least ${period(one.before)} before the end of a period takes effect at its end.`;
  return `A ${noun} takes effect ${after(one, 'the date of receipt of the notification')}.`;
}

/** The final clauses as English sentences close to the words of treaties. What is not recorded is left out. */
export function clausesInEnglish(clauses: FinalClauses): string[] {
  const { signature, entryIntoForce, laterParties, withdrawal } = clauses;
  const said: string[] = (signature?.windows ?? []).map(({ place, from, until }) => {
    const end =
      until === null
        ? `from ${from}`
        : until === 'entry-into-force'
          ? `from ${from} until its entry into force`
          : `from ${from} to ${until}`;
    return `The treaty is open for signature ${place === null ? '' : `at ${place} `}${end}.`;
  });
  if (entryIntoForce !== null) {
    const { threshold, countedKinds, delay, reioInstruments, conditions } = entryIntoForce;
    const what = whatIsCounted(countedKinds);
    const since =
      threshold > 0
        ? `the date of deposit of the ${ordinalEn(threshold)} ${what}`
        : `the date on which what follows is fulfilled by deposit of an ${what}`;
    said.push(`The treaty shall enter into force ${after(delay, since)}.`);
    if (reioInstruments === 'not-counted')
      said.push(
        'An instrument of a regional economic integration organization is not counted as additional to those of its member States.',
      );
    said.push(...conditions.map(condition));
  }
  if (laterParties !== null) {
    const { delay, appliesTo } = laterParties;
    const when = after(delay, 'the date of its own deposit');
    said.push(
      appliesTo === 'after-entry-into-force'
        ? `For each that deposits its instrument after the entry into force of the treaty, it shall enter into force ${when}.`
        : `For each that deposits its instrument after the last one needed, it shall enter into force ${when}, or on the date on which the treaty enters into force, whichever is later.`,
    );
  }
  if (withdrawal !== null) {
    const noun = withdrawal.word ?? 'denunciation or withdrawal';
    if (withdrawal.notice !== null) said.push(notice(withdrawal.notice, noun));
    if (withdrawal.earliest !== null)
      said.push(
        `No notice may be given before ${period(withdrawal.earliest)} from the entry into force of the treaty${withdrawal.earliestFrom === 'entry-into-force-for-the-party' ? ' for the party' : ''}.`,
      );
    if (withdrawal.reioCeasesWithMembers === true)
      said.push(
        'A regional economic integration organization ceases to be a party when all its member States have denounced the treaty.',
      );
    if (withdrawal.words !== null) said.push(withdrawal.words);
  }
  return said;
}
