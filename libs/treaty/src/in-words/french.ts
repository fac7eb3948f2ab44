import type { ActionKind } from '../action-kinds.ts';
import type { Condition, Delay, FinalClauses, NoticePeriod } from '../final-clauses.ts';
import { fractionOf } from '../fraction.ts';
import { cardinalFr, ordinalFr } from './numbers.ts';

const instruments: Partial<Record<ActionKind, string>> = {
  ratification: 'de ratification',
  acceptance: "d'acceptation",
  approval: "d'approbation",
  accession: "d'adhésion",
  formalConfirmation: 'de confirmation formelle',
  succession: 'de succession',
};
const acts: Partial<Record<ActionKind, string>> = {
  definitiveSignature: 'signature définitive',
  consentToBeBound: 'consentement à être lié',
  simplifiedProcedure: 'consentement selon la procédure simplifiée',
  participation: 'participation',
};

/** `ratification, acceptation ou approbation`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ou ${words.at(-1) ?? ''}`;

function whatIsCounted(kinds: readonly ActionKind[]): string {
  const own = kinds.flatMap((kind) => acts[kind] ?? []);
  const deposited = kinds.flatMap((kind) => instruments[kind] ?? []);
  return listed([...(deposited.length > 0 ? [`instrument ${listed(deposited)}`] : []), ...own]);
}

const amount = (n: number, unit: 'jour' | 'mois' | 'an'): string =>
  `${cardinalFr(n)} ${unit === 'mois' || n === 1 ? unit : `${unit}s`}`;

/** `what` begins with its article: `la date du dépôt ...`. */
function after({ mode, n }: Delay, what: string): string {
  switch (mode) {
    case 'days':
      return `le ${ordinalFr(n)} jour suivant ${what}`;
    case 'months':
      return `${amount(n, 'mois')} après ${what}`;
    case 'years':
      return `${amount(n, 'an')} après ${what}`;
    case 'first-of-month-after-days':
      return `le premier jour du mois suivant le ${ordinalFr(n)} jour après ${what}`;
    case 'first-of-month-after-months':
      return `le premier jour du mois qui suit l'expiration d'une période de ${amount(n, 'mois')} après ${what}`;
    case 'first-of-nth-month':
      return `le premier jour du ${ordinalFr(n)} mois après celui de ${what}`;
    case 'same-day':
      return `à ${what}`;
  }
}

const period = ({ mode, n }: Delay): string =>
  mode === 'days' ? amount(n, 'jour') : amount(n, mode === 'years' ? 'an' : 'mois');

const fraction = (text: string): string => {
  const { part, whole } = fractionOf(text);
  return whole === 100 ? `${part} pour cent` : text;
};

function condition(one: Condition): string {
  switch (one.type) {
    case 'not-before-date':
      return `Si ces conditions sont remplies au plus tard le ${one.date}, il entre en vigueur à cette date.`;
    case 'not-before-offset':
      return `Il n'entre pas en vigueur moins de ${period(one.delay)} après ${one.from === 'adoption' ? 'son adoption' : 'son ouverture à la signature'}.`;
    case 'entry-into-force-of':
      return `Il n'entre pas en vigueur avant l'entrée en vigueur de ${one.treaty}.`;
    case 'party-to':
      return `Seules les parties à ${one.treaty} peuvent y devenir parties.`;
    case 'all-parties-of':
      return `Toutes les parties à ${one.treaty} doivent avoir consenti à être liées.`;
    case 'fraction-of-parties-of':
      return `Au moins ${one.fraction} des parties à ${one.treaty}${one.asOf === undefined ? '' : ` au ${one.asOf}`} doivent avoir consenti à être liées${one.count === undefined ? '' : `, soit ${one.count}`}.`;
    case 'named-states':
      return `Parmi les déposants doivent figurer tous les participants suivants : ${one.participants.join(', ')}.`;
    case 'subset-count':
      return `Parmi les déposants doivent figurer au moins ${cardinalFr(one.count)} de : ${one.group}.`;
    case 'other-count':
      return `En outre, au moins ${cardinalFr(one.count)} autres doivent avoir déposé leur instrument.`;
    case 'share':
      return one.relativeTo === undefined
        ? `Les déposants doivent représenter au moins ${fraction(one.fraction)} de : ${one.attribute}.`
        : `Pour les déposants, ${one.attribute} doit représenter au moins ${fraction(one.fraction)} de ${one.relativeTo}.`;
    case 'minimum-protocols':
      return `Un État consent à au moins ${cardinalFr(one.count)} protocoles.`;
    case 'tacit-consent':
    case 'pairwise-acceptance':
      return `${one.text}.`;
    case 'objection-window':
      return `${one.text ?? 'Les autres peuvent faire objection'} (${period(one.delay)}).`;
    case 'ceases-below':
      return `Il cesse d'être en vigueur lorsqu'il reste moins de ${cardinalFr(one.count)} parties.`;
  }
}

function notice(one: NoticePeriod, noun: string): string {
  if (one.mode === 'cut-off')
    return `${noun} dont la notification est reçue au plus tard le ${one.receivedBy} (mois et jour) prend effet le ${one.effectOn} de l'année suivante ; reçue plus tard, comme si elle l'avait été au plus tard à cette date l'année suivante.`;
  if (one.mode === 'end-of-period')
    return `Le traité reste en vigueur ${period(one.first)} à compter de son entrée en vigueur, puis par périodes de ${period(one.following)} ; ${noun.toLowerCase()} notifiée au moins ${period(one.before)} avant la fin d'une période prend effet à la fin de celle-ci.`;
  return `${noun} prend effet ${after(one, 'la date de réception de la notification')}.`;
}

/** The final clauses as French sentences close to the words of treaties. What is not recorded is left out. */
export function clausesInFrench(clauses: FinalClauses): string[] {
  const { signature, entryIntoForce, laterParties, withdrawal } = clauses;
  const said: string[] = (signature?.windows ?? []).map(({ place, from, until }) => {
    const end =
      until === null
        ? `à partir du ${from}`
        : until === 'entry-into-force'
          ? `du ${from} jusqu'à son entrée en vigueur`
          : `du ${from} au ${until}`;
    return `Le traité est ouvert à la signature ${place === null ? '' : `(${place}) `}${end}.`;
  });
  if (entryIntoForce !== null) {
    const { threshold, countedKinds, delay, reioInstruments, conditions } = entryIntoForce;
    const what = whatIsCounted(countedKinds);
    const since =
      threshold > 0
        ? `la date du dépôt du ${ordinalFr(threshold)} ${what}`
        : `la date à laquelle les conditions suivantes sont remplies par le dépôt d'un ${what}`;
    said.push(`Le traité entrera en vigueur ${after(delay, since)}.`);
    if (reioInstruments === 'not-counted')
      said.push(
        "L'instrument d'une organisation régionale d'intégration économique n'est pas considéré comme venant s'ajouter à ceux de ses États membres.",
      );
    said.push(...conditions.map(condition));
  }
  if (laterParties !== null) {
    const { delay, appliesTo } = laterParties;
    const when = after(delay, 'la date de son propre dépôt');
    said.push(
      appliesTo === 'after-entry-into-force'
        ? `Pour chaque déposant postérieur à l'entrée en vigueur du traité, celui-ci entrera en vigueur ${when}.`
        : `Pour chaque déposant postérieur au dernier instrument requis, le traité entrera en vigueur ${when}, ou à la date de son entrée en vigueur si celle-ci est postérieure.`,
    );
  }
  if (withdrawal !== null) {
    const noun = withdrawal.word === 'withdrawal' ? 'Le retrait' : 'La dénonciation';
    if (withdrawal.notice !== null) said.push(notice(withdrawal.notice, noun));
    if (withdrawal.earliest !== null)
      said.push(
        `Aucune notification n'est possible avant ${period(withdrawal.earliest)} à compter de l'entrée en vigueur du traité${withdrawal.earliestFrom === 'entry-into-force-for-the-party' ? ' pour la partie' : ''}.`,
      );
    if (withdrawal.reioCeasesWithMembers === true)
      said.push(
        "Une organisation régionale d'intégration économique cesse d'être partie lorsque tous ses États membres ont dénoncé le traité.",
      );
    if (withdrawal.words !== null) said.push(withdrawal.words);
  }
  return said;
}
