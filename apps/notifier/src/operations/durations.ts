import type { Language } from '#pages';

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/**
 * A length of time as people say it, by its two largest units.
 * @param seconds not negative
 * @example durationInWords(7500, 'en') === '2 hours 5 minutes'
 * @example durationInWords(0.4, 'fr') === 'moins d’une seconde'
 */
export function durationInWords(seconds: number, language: Language): string {
  const whole = Math.floor(seconds);
  if (whole < 1) return language === 'fr' ? 'moins d’une seconde' : 'less than a second';
  const first = units.findIndex(([, length]) => whole >= length);
  const parts: string[] = [];
  let rest = whole;
  for (const [unit, length] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / length);
    rest %= length;
    if (count > 0) parts.push(inUnits(count, unit, language));
  }
  return parts.join(' ');
}

const inUnits = (count: number, unit: string, language: Language): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'unit',
    unit,
    unitDisplay: 'long',
  }).format(count);
