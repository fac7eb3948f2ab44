/** A count and the noun it counts, in French. */
export const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('fr-FR')} ${count < 2 ? one : more}`;
