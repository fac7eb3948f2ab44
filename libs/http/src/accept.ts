/** One range of an Accept header with its weight. */
interface MediaRange {
  readonly type: string;
  readonly weight: number;
}

function rangesOf(accept: string | undefined): MediaRange[] {
  return (accept ?? '')
    .slice(0, 1000)
    .toLowerCase()
    .split(',')
    .flatMap((part): MediaRange[] => {
      const [type = '', ...parameters] = part.trim().split(/\s*;\s*/);
      if (type === '') return [];
      const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
      const number = weight === undefined ? 1 : Number(weight);
      return [{ type, weight: Number.isFinite(number) ? number : 0 }];
    });
}

/** The weight that an Accept header gives to a type by its own name; null where it does not name it. */
export function weightOfNamed(accept: string | undefined, type: string): number | null {
  return rangesOf(accept).find((range) => range.type === type)?.weight ?? null;
}

/** How exactly a range names a type; null when it does not. */
function exactness(range: string, type: string): number | null {
  if (range === type) return 2;
  if (range === `${type.split('/')[0]}/*`) return 1;
  return range === '*/*' ? 0 : null;
}

/**
 * The type to answer with (RFC 9110 12.5.1): of those offered the one with the greatest weight, the first of
 * several; null when the client takes none of them. No Accept header takes everything.
 */
export function preferredType<Type extends string>(
  accept: string | undefined,
  offered: readonly Type[],
): Type | null {
  if (accept === undefined || accept.trim() === '') return offered[0] ?? null;
  const ranges = rangesOf(accept);
  let best: Type | null = null;
  let bestWeight = 0;
  for (const type of offered) {
    let weight = 0;
    let exact = -1;
    for (const range of ranges) {
      const how = exactness(range.type, type);
      if (how === null || how <= exact) continue;
      exact = how;
      weight = range.weight;
    }
    if (weight > bestWeight) {
      best = type;
      bestWeight = weight;
    }
  }
  return best;
}
