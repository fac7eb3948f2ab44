/** Whether a text is a fraction of a whole, such as `3/4`: not more than all, not nothing. */
export function isFraction(text: string): boolean {
  const match = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text);
  return match !== null && Number(match[1]) <= Number(match[2]);
}

/** `3/4` or `55/100` as numerator and denominator. @throws RangeError for anything else */
export function fractionOf(text: string): { readonly part: number; readonly whole: number } {
  if (!isFraction(text)) throw new RangeError(`"${text}" is not a fraction such as 3/4.`);
  const [part = 0, whole = 1] = text.split('/').map(Number);
  return { part, whole };
}

/** How many of a number make up a fraction of it, rounded up: three fourths of 192 are 144, of 87 are 66. */
export function wholeFraction(text: string, of: number): number {
  const { part, whole } = fractionOf(text);
  return Math.ceil((part * of) / whole);
}

/** `55 per cent`, `two thirds` stay as written: `2/3`. */
export function fractionInWords(text: string): string {
  const { part, whole } = fractionOf(text);
  return whole === 100 ? `${part} per cent` : text;
}
