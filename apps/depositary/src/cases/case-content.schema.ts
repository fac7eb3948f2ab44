import { Ajv, type ErrorObject } from 'ajv';
import { ValidateBy } from 'class-validator';

const text = (maxLength: number) => ({ type: 'string', maxLength, nullable: true });
const short = text(200);

/** What a draft may hold: any field may be missing or not yet right, none may be of another shape. */
const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    acts: {
      type: 'array',
      maxItems: 400,
      items: {
        type: 'object',
        additionalProperties: false,
        properties: {
          kind: short,
          participant: short,
          date: short,
          dateOfInstrument: short,
          dateOfReceipt: short,
          dateOfEffect: short,
          place: short,
          text: text(100_000),
          territory: short,
          relatesTo: short,
          predecessor: short,
          note: text(4000),
          source: text(1000),
          overrideReason: text(2000),
        },
      },
    },
    action: short,
    changes: { type: 'object', maxProperties: 20 },
    reason: text(2000),
    overrideReason: text(2000),
    participant: short,
    date: short,
    rectification: short,
    text: text(100_000),
    daysForObjections: { type: 'integer', minimum: 1, maximum: 730, nullable: true },
    corrects: short,
    notify: { enum: ['each', 'grouped'] },
    form: {
      type: 'object',
      maxProperties: 40,
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['answer'],
        properties: { answer: { type: 'string', maxLength: 40 }, remark: text(2000) },
      },
    },
  },
} as const;

const validate = new Ajv({ allErrors: false }).compile(schema);

const sentenceOf = ({ instancePath, message, params }: ErrorObject): string => {
  const path = instancePath
    .slice(1)
    .replaceAll(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.');
  const extra = (params as Record<string, unknown>)['additionalProperty'];
  const what =
    typeof extra === 'string' ? `has no field ${extra.slice(0, 60)}` : (message ?? 'is not valid');
  return path === '' ? what : `${path} ${what}`;
};

/** What keeps a value from outside from being the content of a draft; null: nothing. */
export function contentFault(value: unknown): string | null {
  if (validate(value)) return null;
  const [first] = validate.errors ?? [];
  return first === undefined ? 'is not valid' : sentenceOf(first);
}

/** The field is the content of a draft. */
export function IsCaseContent(): PropertyDecorator {
  return ValidateBy({
    name: 'isCaseContent',
    validator: {
      validate: (value) => contentFault(value) === null,
      defaultMessage: (given) => contentFault(given?.value) ?? 'is not valid',
    },
  });
}
