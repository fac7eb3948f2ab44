const conventions: readonly (readonly [RegExp, string])[] = [
  [/^VCLT 1986/, 'CV 1986'],
  [/^VCLT/, 'CV'],
  [
    /^Vienna Convention on Succession of States in respect of Treaties \(1978\)/,
    'Convention de Vienne sur la succession d’États en matière de traités (1978)',
  ],
];

/**
 * A citation as French texts write it; CV is the Vienna Convention on the Law of Treaties.
 * @example articleInFrench('VCLT art. 77(1)(d)') === 'CV art. 77, par. 1 d)'
 * @example articleInFrench('art. 64(4)') === 'art. 64, par. 4'
 */
export function articleInFrench(article: string): string {
  return conventions
    .reduce((text, [english, french]) => text.replace(english, french), article)
    .replace(/\((\d{1,2})\)-\((\d{1,2})\)/g, ', par. $1-$2')
    .replace(/\((\d{1,2})\)/g, ', par. $1')
    .replace(/\(([a-z]+)\)-\(([a-z]+)\)/g, ' $1)-$2)')
    .replace(/\(([a-z]+)\)/g, ' $1)');
}
