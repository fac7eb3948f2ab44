/** What a query handler gives to a controller: the body is made only when nobody has it ready. */
export interface Answer {
  /** Names the representation with everything it was made from. */
  readonly key: string;
  readonly body: () => object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Changes whenever the shape of an answer does, so that a client's old copy is not confirmed. */
export const answerVersion = 1;
