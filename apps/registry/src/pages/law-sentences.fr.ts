/**
 * The law explains itself in English sentences. Here is each in French, by its form; what a treaty's own words
 * say inside one stays as it is written. A spec walks the sentences of every treaty of the catalogue.
 */
type Form = readonly [RegExp, (...parts: string[]) => string];

const date = '(\\d{4}-\\d{2}-\\d{2})';
const form = (english: string, french: (...parts: string[]) => string): Form => [
  new RegExp(`^${english}$`, 's'),
  french,
];

const plural = (n: string, one: string, more: string): string =>
  `${n} ${Number(n) === 1 ? one : more}`;

/** `ninetieth day after`, ... as the arithmetic says a period, before a date. */
const periods: readonly Form[] = [
  form('The (\\d+)(?:st|nd|rd|th) day after', (n) => `Le ${n}e jour après le`),
  form('(\\d+) months? after', (n) => `${n} mois après le`),
  form('(\\d+) years? after', (n) => `${plural(n, 'an', 'ans')} après le`),
  form(
    'The first day of the month after the (\\d+)(?:st|nd|rd|th) day following',
    (n) => `Le premier jour du mois suivant le ${n}e jour après le`,
  ),
  form(
    'The first day of the month following the expiry of (\\d+) months? after',
    (n) => `Le premier jour du mois suivant l’expiration de ${n} mois après le`,
  ),
  form(
    'The first day of the (\\d+)(?:st|nd|rd|th) month after the month of',
    (n) => `Le premier jour du ${n}e mois suivant le mois du`,
  ),
  form('The day of', () => 'Le jour même, le'),
];

const unknown = 'on ignore donc si c’est rempli.';
const lacking: readonly Form[] = [
  form('(.+) is not in the register', (treaty) => `${treaty} n’est pas dans le registre`),
  form('its date is not recorded', () => 'sa date n’est pas inscrite'),
  form('nobody has recorded who they are', () => 'nul n’a inscrit qui ils sont'),
  form(
    'the members of (.+) are not recorded',
    (who) => `les membres de ${who} ne sont pas inscrits`,
  ),
  form('no figures of (.+) are recorded', (what) => `aucun chiffre de ${what} n’est inscrit`),
];

const forms: readonly Form[] = [
  form(
    `The (\\d+)(?:st|nd|rd|th) counted instrument was deposited on ${date} \\((.+)\\)\\.`,
    (n, on, who) => `Le ${n}e instrument compté a été déposé le ${on} (${who}).`,
  ),
  form(
    `The conditions were met by ${date}, so the date is the one the treaty fixes, ${date}\\.`,
    (on, fixed) =>
      `Les conditions étaient remplies le ${on} : la date est celle que fixe le traité, le ${fixed}.`,
  ),
  form(
    `(.+) So the date is ${date}\\.`,
    (why, on) => `${lawSentenceInFrench(why) ?? why} La date est donc le ${on}.`,
  ),
  form(
    `(.+) ${date} is ${date}\\.`,
    (period, on, result) => `${firstOf(periods, period) ?? period} ${on} est le ${result}.`,
  ),
  form(
    'The final clauses on entry into force are not recorded, so no date is computed\\.',
    () =>
      'Les clauses finales sur l’entrée en vigueur ne sont pas inscrites ; aucune date n’est donc calculée.',
  ),
  form(
    `The depositary recorded ${date} as the official date: (.*) It differs from the computed ${date}\\.`,
    (on, reason, computed) =>
      `Le dépositaire a inscrit le ${on} comme date officielle : ${reason} Elle diffère de la date calculée, le ${computed}.`,
  ),
  form(
    `The depositary recorded ${date} as the official date: (.*)`,
    (on, reason) => `Le dépositaire a inscrit le ${on} comme date officielle : ${reason}`,
  ),
  form(
    `Fewer parties than it needs were left on ${date}: it ceased to be in force\\.`,
    (on) => `Il restait le ${on} moins de parties qu’il n’en faut : il a cessé d’être en vigueur.`,
  ),
  form(
    'Missing: (.*)\\.',
    (parts) =>
      `Il manque : ${parts
        .split('; ')
        .map((part) => (lawSentenceInFrench(`${part}.`) ?? part).replace(/\.$/, ''))
        .join(' ; ')}.`,
  ),
  form(
    '(\\d+) more instruments? of (\\d+)\\.',
    (short, all) => `${plural(short, 'instrument', 'instruments')} de plus sur ${all}.`,
  ),
  form(
    `On ${date}, if the other conditions are met by then; else counted from when they are\\.`,
    (on) =>
      `Le ${on}, si les autres conditions sont alors remplies ; sinon à compter du jour où elles le sont.`,
  ),
  form(
    'Only parties to (.+) may become parties; it does not move the date\\.',
    (treaty) =>
      `Seules les parties à ${treaty} peuvent devenir parties ; cela ne déplace pas la date.`,
  ),
  form(
    'Ceases to be in force when parties fall below (\\d+)\\.',
    (n) => `Cesse d’être en vigueur quand il reste moins de ${n} parties.`,
  ),
  form(
    'Concerns the relation between particular parties; it does not move the date\\.',
    () => 'Concerne les rapports entre certaines parties ; cela ne déplace pas la date.',
  ),
  form(
    '(.+); it does not move the date\\.',
    (text) => `« ${text} » ; cela ne déplace pas la date.`,
  ),
  form(
    'Not before the entry into force of (.+), which is not fixed\\.',
    (treaty) => `Pas avant l’entrée en vigueur de ${treaty}, qui n’est pas fixée.`,
  ),
  form(
    `Not before the entry into force of (.+), ${date}\\.`,
    (treaty, on) => `Pas avant l’entrée en vigueur de ${treaty}, le ${on}.`,
  ),
  form(
    `Not before ${date}, counted from (adoption|the opening for signature) on ${date}\\.`,
    (on, what, from) => `Pas avant le ${on}, à compter de ${since(what)}, le ${from}.`,
  ),
  form(
    '(.+): (.+), so whether this is met is not known\\.',
    (what, why) => `${headInFrench(what)} : ${firstOf(lacking, why) ?? why} ; ${unknown}`,
  ),
  form(
    '(\\d+) of (\\d+) other participants\\.',
    (reached, needed) => `${reached} autres participants sur ${needed}.`,
  ),
  form(
    '(.+), which the depositary worked out as (\\d+): (\\d+) of \\d+\\.',
    (what, needed, reached) =>
      `${headInFrench(what)}, soit ${needed} selon le dépositaire : ${reached} sur ${needed}.`,
  ),
  form(
    '(\\d+) of (\\d+) of (.+?)\\.(?: Missing: (.+)\\.)?',
    (reached, needed, group, missing) =>
      `${reached} sur ${needed} parmi : ${group}.${missing === undefined ? '' : ` Il manque : ${missing}.`}`,
  ),
  form(
    '(.+ of the parties to .+): (\\d+) of (\\d+)\\.',
    (what, reached, needed) => `${headInFrench(what)} : ${reached} sur ${needed}.`,
  ),
  form(
    `(.+): ([\\d.]+ %) (?:so far|on ${date})\\.`,
    (what, share, on) =>
      `${headInFrench(what)} : ${share.replace('.', ',')} ${on === undefined ? 'jusqu’ici' : `le ${on}`}.`,
  ),
  form(
    'An instrument of a regional economic integration organization is not counted as additional to those of its member States( \\(art\\. .+\\))?\\.',
    (article) =>
      `L’instrument d’une organisation régionale d’intégration économique ne s’ajoute pas à ceux de ses États membres${article ?? ''}.`,
  ),
  form(
    'An earlier instrument of the same participant counts already\\.',
    () => 'Un instrument antérieur du même participant compte déjà.',
  ),
  form(
    'It succeeds to the instrument of (.+), which counts already\\.',
    (who) => `Succession à l’instrument de ${who}, qui compte déjà.`,
  ),
  form(
    'This kind of instrument is not one that the treaty counts( \\(art\\. .+\\))?\\.',
    (article) => `Le traité ne compte pas les instruments de cette sorte${article ?? ''}.`,
  ),
  form(
    `The instrument was withdrawn on ${date}, before entry into force\\.`,
    (on) => `L’instrument a été retiré le ${on}, avant l’entrée en vigueur.`,
  ),
];

const since = (what: string): string =>
  what === 'adoption' ? 'l’adoption' : 'l’ouverture à la signature';

const heads: readonly Form[] = [
  form('At least (\\d+) of (.+)', (n, group) => `Au moins ${n} parmi : ${group}`),
  form('All of the parties to (.+)', (treaty) => `Toutes les parties à ${treaty}`),
  form('(\\S+) of the parties to (.+)', (part, treaty) => `${part} des parties à ${treaty}`),
  form(
    'Not before the entry into force of (.+)',
    (treaty) => `Pas avant l’entrée en vigueur de ${treaty}`,
  ),
  form(
    'Not before a period after (adoption|the opening for signature)',
    (what) => `Pas avant une période après ${since(what)}`,
  ),
  form(
    '(.+) of (.+) of the same States in (.+)',
    (part, what, attribute) => `${part} de ${what} des mêmes États pour ${attribute}`,
  ),
  form('(.+) of (.+)', (part, attribute) => `${part} de ${attribute}`),
];

function firstOf(among: readonly Form[], sentence: string): string | null {
  for (const [pattern, french] of among) {
    const found = pattern.exec(sentence);
    if (found !== null) return french(...found.slice(1));
  }
  return null;
}

const headInFrench = (what: string): string => firstOf(heads, what) ?? what;

/** A sentence of the law in French; null for one whose form is not known here. */
export function lawSentenceInFrench(sentence: string): string | null {
  return firstOf(forms, sentence);
}
