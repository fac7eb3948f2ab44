/** `3/4` or `55/100` as numerator and denominator. @throws RangeError for anything else */
export function fractionOf(text: string): { readonly part: number; readonly whole: number } {
  const match = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text);
  const [part, whole] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || part > whole)
    throw new RangeError(`"${text}" is not a fraction such as 3/4.`);
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
