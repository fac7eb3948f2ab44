const unitsEn =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tensEn = 'x x twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A number up to 999 in English words; a larger one in digits. */
export function cardinalEn(n: number): string {
  if (n > 999) return String(n);
  if (n < 20) return unitsEn[n] ?? '';
  if (n < 100)
    return [tensEn[Math.floor(n / 10)], n % 10 > 0 ? unitsEn[n % 10] : '']
      .filter(Boolean)
      .join('-');
  const rest = n % 100 > 0 ? ` and ${cardinalEn(n % 100)}` : '';
  return `${unitsEn[Math.floor(n / 100)]} hundred${rest}`;
}

const oddOrdinalsEn: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** `ninetieth`, `twenty-second`. */
export function ordinalEn(n: number): string {
  const words = cardinalEn(n);
  if (/\d/.test(words)) return `${words}th`;
  return words.replace(/[a-z]+$/, (last) =>
    last.endsWith('y') ? `${last.slice(0, -1)}ieth` : (oddOrdinalsEn[last] ?? `${last}th`),
  );
}

const unitsFr =
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(
    ' ',
  );
const tensFr =
  'x x vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt'.split(' ');

/** A number up to 999 in French words; a larger one in digits. */
export function cardinalFr(n: number): string {
  if (n > 999) return String(n);
  if (n < 20) return unitsFr[n] ?? '';
  if (n < 100) {
    const ten = Math.floor(n / 10);
    const rest = ten === 7 || ten === 9 ? (n % 10) + 10 : n % 10;
    if (rest === 0) return ten === 8 ? 'quatre-vingts' : (tensFr[ten] ?? '');
    const and = (rest === 1 || rest === 11) && ten < 8 ? ' et ' : '-';
    return `${tensFr[ten]}${and}${unitsFr[rest]}`;
  }
  const hundreds = Math.floor(n / 100);
  const head = hundreds === 1 ? 'cent' : `${unitsFr[hundreds]} cent`;
  return n % 100 === 0 ? (hundreds === 1 ? head : `${head}s`) : `${head} ${cardinalFr(n % 100)}`;
}

/** `quatre-vingt-dixième`, `premier`. */
export function ordinalFr(n: number): string {
  if (n === 1) return 'premier';
  const words = cardinalFr(n);
  if (/\d/.test(words)) return `${words}e`;
  const stem = words.replace(/s$/, (s) => (/(vingt|cent)s$/.test(words) ? '' : s));
  if (stem.endsWith('cinq')) return `${stem}uième`;
  if (stem.endsWith('neuf')) return `${stem.slice(0, -1)}vième`;
  return `${stem.replace(/e$/, '')}ième`;
}
