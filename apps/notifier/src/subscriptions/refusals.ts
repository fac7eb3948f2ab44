import { Problem, type FieldFault, type ProblemCode } from '#http';
import type { InEveryLanguage, Language } from '#pages';
import { TooManySubscriptions } from '../subscribers/limits.ts';
import { inBoth, type SubscriptionWords } from './words.ts';

type Said = InEveryLanguage<string>;

/** One fault of a field: the sentence that a program gets, and what a page says. */
export interface RefusedField extends FieldFault {
  readonly said: Said;
}

/** A sentence on what is wrong, in both languages. */
export const faultSaid = (
  sentence: (faults: SubscriptionWords['faults'], language: Language) => string,
): Said => inBoth(({ faults }, language) => sentence(faults, language));

/**
 * A request of a subscriber that is not carried out. Programs get the English sentence as problem details; pages
 * say it in the language of their reader.
 */
export class Refusal extends Problem {
  readonly said: Said;
  /** Empty where it is about no field. */
  readonly fields: readonly RefusedField[];
  /** The field beside which a page says it, where programs are told of none. */
  readonly beside: string;

  constructor(
    code: ProblemCode,
    detail: string,
    said: Said,
    more: {
      readonly fields?: readonly RefusedField[];
      readonly headers?: Readonly<Record<string, string>>;
      readonly beside?: string;
    } = {},
  ) {
    const { fields = [], headers, beside = 'target' } = more;
    const errors = fields.map(({ field, detail: what }) => ({ field, detail: what }));
    super(code, detail, {
      headers,
      detailFr: said.fr,
      field: errors[0]?.field,
      errors: errors.length === 0 ? undefined : errors,
    });
    this.said = said;
    this.fields = fields;
    this.beside = beside;
  }
}

/** The refusal for all faults of fields together; the first is told first. */
export function refusedFields(fields: readonly [RefusedField, ...RefusedField[]]): Refusal {
  const [{ field, detail, said }] = fields;
  return new Refusal('invalid-fields', `${field}: ${detail}`, said, { fields });
}

/**
 * @param beside the field of the address of which there are too many
 * @throws Refusal where there are too many already, else what was thrown
 */
export function tooMany(error: unknown, beside: 'target' | 'contact'): never {
  if (!(error instanceof TooManySubscriptions)) throw error;
  const isFull = /delete one first/.test(error.message);
  throw new Refusal(
    'too-many',
    error.message,
    faultSaid((words) => (isFull ? words.addressFull : words.tooManyWait)),
    { headers: { 'Retry-After': '3600' }, beside },
  );
}

/** Nothing is opened by the link, or nothing any more. */
export class UnknownSubscription extends Problem {
  /** What the link would have opened. */
  readonly what: 'subscription' | 'contact';

  constructor(detail: string, what: 'subscription' | 'contact' = 'subscription') {
    super('not-found', detail);
    this.what = what;
  }
}
