import { actionKinds, documentRoles } from '#treaty';

/** JSON Schema, 2020-12 as OpenAPI 3.1 uses it. */
export type Schema = Readonly<Record<string, unknown>>;

/*
 * What schemas are made of. `null` always means that the register does not know it or that there is none; where
 * the two differ, the description says which.
 */
export const text: Schema = { type: 'string' };
export const date: Schema = {
  type: 'string',
  format: 'date',
  description: 'Calendar date, no zone',
  example: '2026-11-20',
};
export const instant: Schema = { type: 'string', format: 'date-time', description: 'In UTC' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const figure: Schema = { type: 'number' };
export const flag: Schema = { type: 'boolean' };
export const kind: Schema = { type: 'string', enum: Object.keys(actionKinds) };
export const code: Schema = {
  type: 'string',
  pattern: '^[A-Z0-9-]{3,20}$',
  description: 'ISO 3166-1 alpha-3; EUE for the European Union; ORG-... for other organizations',
};
export const position: Schema = {
  type: 'string',
  pattern: '^[0-9]+$',
  description: 'Position in the ledger: a decimal string, because it may exceed 2^53',
};

/** A value or null, and what null means. */
export const or = (schema: Schema, description: string): Schema => ({
  ...schema,
  type: [schema['type'], 'null'],
  description,
});

/** A value or null, where what null means goes without saying. */
export const nullable = (schema: Schema): Schema => ({
  ...schema,
  type: [schema['type'], 'null'],
});

/** A whole object or null. */
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

export const object = (
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
});
export const list = (items: Schema): Schema => ({ type: 'array', items });

/** A schema of the document by its name, for other schemas and for the decorators of controllers. */
export const answerSchema = (name: string): { $ref: string } => ({
  $ref: `#/components/schemas/${name}`,
});

/** Documents of an action, as the ledger knows them. */
export const documents: Schema = {
  ...list(
    object({
      sha256: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'Of its bytes' },
      name: text,
      mediaType: text,
      size: { ...count, description: 'In bytes' },
      role: { type: 'string', enum: [...documentRoles] },
      language: or(text, 'ISO 639-1; null: not told'),
    }),
  ),
  description: 'Documents that the depositary holds of it, by their digests',
};
