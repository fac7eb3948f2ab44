import { ApiQuery } from '@nestjs/swagger';
import { actionKinds } from '#treaty';
import type { prefillable } from './subscribe-form.ts';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const words = (values: readonly string[]): Schema => ({ type: 'string', enum: values });
const list = (items: Schema): Schema => ({ type: 'array', items });
const numbers = list({ type: 'integer' });
const or = (schema: Schema, description: string): Schema => ({
  ...schema,
  type: [schema['type'], 'null'],
  description,
});
const instant: Schema = { type: 'string', format: 'date-time', description: 'In UTC' };
const position: Schema = {
  type: 'string',
  pattern: '^[0-9]+$',
  description: 'Position in the ledger: a decimal string, because it may exceed 2^53',
};
const object = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  additionalProperties: false,
});

const offered = object({
  channels: list(words(['webhook', 'mail'])),
  topics: list(words(['actions', 'notifications', 'register'])),
  rhythms: list(words(['immediate', 'daily', 'weekly'])),
  macs: list(words(['v1', 'v1a'])),
  contact: {
    type: 'boolean',
    description: 'Whether a webhook may have a contact, who is told by mail when it fails',
  },
  subscribe: { ...text, description: 'Method and address' },
});

const filter = object({
  treaties: list(text),
  participants: list(text),
  kinds: list(words(Object.keys(actionKinds))),
  topics: list(words(['actions', 'notifications', 'register'])),
  counts: numbers,
  inForceInDays: numbers,
  signatureClosesInDays: numbers,
});

const delivery = object({
  at: instant,
  occurrence: { ...text, description: 'The same for every attempt: webhook-id' },
  what: text,
  position,
  attempt: { type: 'integer', minimum: 1 },
  outcome: words(['delivered', 'failed', 'gone']),
  code: or({ type: 'integer' }, 'HTTP or SMTP code; null: no answer came'),
  detail: or(text, 'Why it failed; null: it did not'),
  milliseconds: { type: 'number' },
});

const contact = object({
  address: text,
  state: {
    ...words(['pending', 'confirmed', 'bounced']),
    description: 'pending: asked, and told nothing yet; bounced: the mail server refused it',
  },
  namedAt: instant,
});

const standing = object({
  subscription: text,
  host: { ...text, description: 'Of the webhook; the rest of its address is its owner’s' },
  state: words(['pending', 'active', 'paused', 'stopped']),
  reason: or(text, 'Why it is paused or stopped; null: it is not'),
  failingSince: or(instant, 'Null: the last attempt succeeded'),
  lastFailure: or(
    object({
      at: instant,
      code: or({ type: 'integer' }, 'HTTP code; null: no answer came'),
      detail: { ...text, description: 'Why it failed' },
    }),
    'Of the last attempts on record; null: none of them failed',
  ),
  position: { ...position, description: 'Everything up to here was told' },
  recordedAt: or(instant, 'When that was recorded; null: nothing was'),
});

const subscription = object({
  id: text,
  channel: words(['webhook', 'mail']),
  target: text,
  state: words(['pending', 'active', 'paused', 'stopped']),
  reason: or(text, 'Why it is paused or stopped; null: it is not'),
  filter,
  language: words(['en', 'fr']),
  rhythm: words(['immediate', 'daily', 'weekly']),
  timeZone: text,
  position: { ...position, description: 'Everything up to here was told' },
  attempts: { type: 'integer', minimum: 0, description: 'That failed since the last success' },
  failingSince: or(instant, 'Null: the last attempt succeeded'),
  nextAttemptAt: or(instant, 'Null: there is nothing to tell'),
  contact: or(contact, 'Who is told when the webhook fails; null: nobody'),
  deliveries: list(delivery),
});

/** What the public routes of subscriptions answer: media type and schema, by address. */
export const subscriptionAnswers: Readonly<
  Record<string, readonly [type: string, schema: Schema]>
> = {
  '/subscriptions': ['application/json', offered],
  '/subscriptions/{subscription}': ['application/json', subscription],
  '/subscriptions/{subscription}/erasure': ['text/html', text],
  '/subscriptions/{subscription}/confirmation': ['text/html', text],
  '/subscriptions/{subscription}/unsubscription': ['text/html', text],
  '/subscriptions/{subscription}/contact': ['application/json', standing],
  '/subscriptions/{subscription}/contact/confirmation': ['text/html', text],
  '/subscriptions/{subscription}/contact/unsubscription': ['text/html', text],
};

/** What the parts of their addresses are. */
export const subscriptionParts: Readonly<Record<string, { description: string; example: string }>> =
  {
    subscription: {
      description: 'Id of a subscription, as its maker was given it',
      example: '6f1c0f0e-6a0b-4f5e-9d65-0f8a2e3f7a10',
    },
  };

/** Documents what opens a subscription by a link, and the language of the page. */
export const opensByToken = (): MethodDecorator => (target, key, descriptor) => {
  const schema: Schema = { type: 'string' };
  const token = 'What opens the subscription, in a link; programs send it as Authorization: Bearer';
  ApiQuery({ name: 'token', required: false, description: token, schema })(target, key, descriptor);
  pageInLanguage()(target, key, descriptor);
};

/** What a form did whose page is asked for by GET then. */
export const doneWords = [
  'paused',
  'resumed',
  'replayed',
  'contact-asked',
  'contact-already',
  'contact-erased',
] as const;
export type Done = (typeof doneWords)[number];

/** Documents what a page is to say of the form that led to it. */
export const saysWhatWasDone = (): MethodDecorator =>
  ApiQuery({
    name: 'done',
    required: false,
    description: 'What was done just now, for the page to say',
    schema: words(doneWords),
  });

/** Documents the fields of the form for people that an address may fill in. */
export const prefills = (): MethodDecorator => (target, key, descriptor) => {
  const each: Readonly<Record<(typeof prefillable)[number], Schema>> = {
    channel: words(['webhook', 'mail']),
    topics: words(['actions', 'notifications', 'register']),
    treaties: { ...text, examples: ['XVIII-16'] },
    participants: { ...text, examples: ['FRA'] },
    kinds: { ...text, examples: ['ratification,accession'] },
    counts: { ...text, examples: ['30,39,40'] },
    inForceInDays: { ...text, examples: ['30,0'] },
    signatureClosesInDays: { ...text, examples: ['30,7'] },
    rhythm: words(['immediate', 'daily', 'weekly']),
  };
  for (const [name, schema] of Object.entries(each))
    ApiQuery({
      name,
      required: false,
      description: 'Fills in the field of the page for people; lists with commas',
      schema,
    })(target, key, descriptor);
  pageInLanguage()(target, key, descriptor);
};

/** Documents the language of a page. */
export const pageInLanguage = (): MethodDecorator =>
  ApiQuery({
    name: 'lang',
    required: false,
    description: 'Language of the page for people',
    schema: { type: 'string', enum: ['en', 'fr'] },
  });
