/** Words that stand in every text and tell none from another, in English and French, folded. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a an and are as at be by for from in is it its of on or that the this to was were which with ' +
    'au aux ce ces d dans de des du en est et l la le les leur ou par pour qu que qui s sa se ses son sur un une'
  ).split(' '),
);
