import { answerSchema, text, type Schema } from './schema-words.ts';

/** What routes answer that say nothing of it themselves: media type and schema, by address. */
export const answersByAddress: Readonly<Record<string, readonly [type: string, schema: Schema]>> = {
  '/': ['application/json', answerSchema('Home')],
  '/changelog': ['application/json', answerSchema('Changelog')],
  '/problems/{code}': ['application/json', answerSchema('ProblemCode')],
  '/openapi.json': ['application/json', { type: 'object', required: ['openapi'] }],
  '/health': ['application/json', answerSchema('Health')],
  '/attributes': ['application/json', answerSchema('Attributes')],
  '/attributes/{attribute}': ['application/json', answerSchema('Attribute')],
  '/final-clauses': ['application/json', answerSchema('FinalClausesList')],
  '/final-clauses/schema.json': ['application/schema+json', answerSchema('FinalClausesSchema')],
  '/final-clauses/{id}': ['application/json', answerSchema('FinalClausesEntry')],
  '/events': ['application/x-ndjson', { ...text, description: 'One Event a line' }],
  '/stream': [
    'text/event-stream',
    { ...text, description: '`id` is the position, `data` an Event' },
  ],
  '/dataset.jsonld': ['application/ld+json', answerSchema('LinkedData')],
  '/treaties/{treaty}.jsonld': ['application/ld+json', answerSchema('LinkedData')],
  '/timemap/treaties/{treaty}': ['application/link-format', text],
  '/timemap/treaties/{treaty}/{resource}': ['application/link-format', text],
};

/** What the parts of an address are, with examples that the shipped data answers. */
export const partsOfAddresses: Readonly<Record<string, { description: string; example: string }>> =
  {
    treaty: {
      description: 'Number in Multilateral Treaties Deposited with the Secretary-General',
      example: 'XVIII-16',
    },
    code: { description: 'Code of a participant, or of a problem', example: 'FRA' },
    action: {
      description: 'Id of an action, as lists give it',
      example: '32f3a340-14bf-8959-8186-30179b432c44',
    },
    number: {
      description: 'Number of a depositary notification',
      example: 'C.N.1.2026.TREATIES-XVIII.16',
    },
    attribute: { description: 'Name of a figure', example: 'gross-tonnage' },
    id: { description: 'Id in the catalogue of final clauses', example: 'uncac' },
    resource: { description: 'Resource of the treaty', example: 'status' },
  };
