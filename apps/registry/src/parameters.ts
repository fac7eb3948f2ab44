import { ApiQuery } from '@nestjs/swagger';

/** A parameter of an address as OpenAPI describes it. */
export interface ParameterDescription {
  readonly description: string;
  readonly enum?: readonly string[];
  readonly type?: 'string' | 'integer';
  readonly format?: string;
  readonly example?: string | number;
  /** Left out: the address answers without it. */
  readonly required?: boolean;
}

/** The parameters that an address takes: what is read, what is refused and what is documented are one list. */
export type Parameters = Readonly<Record<string, ParameterDescription>>;

/** Documents every parameter of a route. */
export const takes =
  (parameters: Parameters): MethodDecorator =>
  (target, key, descriptor) => {
    for (const [name, described] of Object.entries({ ...parameters, ...languageParameter })) {
      const { description, enum: words, type, format, example, required } = described;
      ApiQuery({
        name,
        required: required === true,
        description,
        schema: {
          type: type ?? 'string',
          ...(words !== undefined && { enum: [...words] }),
          ...(format !== undefined && { format }),
          ...(example !== undefined && { examples: [example] }),
        },
      })(target, key, descriptor);
    }
  };

const languageParameter: Parameters = {
  lang: {
    description: 'Language of words and pages; the most wanted of Accept-Language when left out',
    enum: ['en', 'fr'],
  },
};

export const timeParameterDescriptions = {
  asOf: {
    description: 'Legal date of the answer; today when left out',
    format: 'date',
    example: '2026-11-20',
  },
  asKnownAt: {
    description:
      'Instant (with its zone) or ledger position: the register as it was known then; all that is known when left out',
    example: '2026-11-24T00:00:00Z',
  },
  atLeast: { description: 'Ledger position the answer must reflect; waits for it, bounded' },
} satisfies Parameters;

export const pageParameterDescriptions: Parameters = {
  limit: { description: 'Most rows on a page, 1 to 1000; 100 when left out', type: 'integer' },
  cursor: {
    description:
      'What the page before gave as "next"; the pages of one walk are all of the state of its first',
  },
};

export const tableParameterDescriptions: Parameters = {
  bom: {
    description:
      'CSV only: "yes" begins with a byte order mark, which older spreadsheets need to read UTF-8',
    enum: ['yes', 'no'],
  },
};
