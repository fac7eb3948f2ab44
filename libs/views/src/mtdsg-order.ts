const romanDigits: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

function roman(numeral: string): number {
  const values = [...numeral].map((digit) => romanDigits[digit] ?? 0);
  return values.reduce(
    (sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value),
    0,
  );
}

/** A treaty's number as text that sorts as the publication does: `I-2` before `I-10`, `V-1` before `IX-1`. */
export function mtdsgKey(id: string): string {
  return id
    .split('-')
    .map((part, index) => {
      if (index === 0 && /^[IVXLC]+$/.test(part)) return String(roman(part)).padStart(6, '0');
      return /^\d+$/.test(part) ? part.padStart(6, '0') : part;
    })
    .join('-');
}

/** MTDSG numbers in the order of the publication. */
export function inMtdsgOrder(a: string, b: string): number {
  const [x, y] = [mtdsgKey(a), mtdsgKey(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
