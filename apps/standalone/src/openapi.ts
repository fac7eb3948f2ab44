import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { subscriptionAnswers, subscriptionParts } from '#notifier';
import { entityTag, sendConditional } from '#http';
import { answersByAddress, answerSchema, answerSchemas, partsOfAddresses } from '#registry';

type Document = ReturnType<typeof SwaggerModule.createDocument>;
type PathItem = Document['paths'][string];
type Operation = NonNullable<PathItem['get']>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

const description = `The register of a treaty depositary.

Public resources need no key, answer HEAD, carry entity tags (a coding has a strong one of its own, what is sent in
parts a weak one) and may be asked as of a legal date and as known at an instant or position. \`null\` means that the
register does not know a value or that there is none; no date stands for "unknown". Every error is problem details
(RFC 9457) whose \`detail\` says what to do. Answers name the licence of the data in Link. Staff routes (depositary) are
for officers: a session by OpenID Connect in a browser, an access token of the provider for a program.`;

/** Publishes the OpenAPI 3.1 document, made from the controllers, at `/openapi.json`. */
export function publishOpenApi(app: INestApplication): void {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('The Treaty Ledger')
      .setDescription(description)
      .setVersion('1')
      .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'accessToken')
      .setOpenAPIVersion('3.1.0')
      .build(),
  );
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...answerSchemas },
  };
  document.paths['/openapi.json'] = {
    get: {
      summary: 'This document',
      operationId: '',
      tags: ['home'],
      parameters: [],
      responses: {},
    },
  };
  for (const [address, item] of Object.entries(document.paths)) complete(address, item);
  const body = Buffer.from(JSON.stringify(document));
  const representation = { body, tag: entityTag(String(body)) };
  (app as NestFastifyApplication)
    .getHttpAdapter()
    .getInstance()
    .get('/openapi.json', (request, reply) => sendConditional(request, reply, representation));
}

/** Adds to a path what is the same for all and what its controller does not say. */
function complete(address: string, item: PathItem): void {
  for (const method of methods) {
    const operation = item[method];
    if (operation === undefined) continue;
    operation.operationId = [method, ...address.split(/[^A-Za-z]+/)].filter(Boolean).join('-');
    describeParts(address, operation);
    describeAnswer(address, operation, method === 'get');
  }
}

function describeParts(address: string, operation: Operation): void {
  const isStaff = address.startsWith('/depositary');
  for (const parameter of operation.parameters ?? []) {
    if (!('in' in parameter) || parameter.in !== 'path') continue;
    const { name } = parameter;
    const own = isStaff ? staffParts[name] : undefined;
    const part = own ?? partsOfAddresses[name] ?? subscriptionParts[name];
    if (part === undefined) continue;
    parameter.description = part.description;
    parameter.example = part.example;
  }
}

/** What the parts of staff addresses are. */
const staffParts: typeof partsOfAddresses = {
  id: {
    description: 'Id of a case, or of a draft of a notification',
    example: '344217c9-6cb2-8eed-9fda-17d652b24dc8',
  },
  sha256: {
    description: 'SHA-256 of a document',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  kind: { description: 'Kind of action', example: 'ratification' },
  subscriber: {
    description: 'Id of a subscriber',
    example: '5e0d6f3c-3c0a-4c51-9d8e-0d3b7f6a2b11',
  },
};

/** Files by their ending: media type, what it is, and its schema. */
const files: Readonly<Record<string, readonly [type: string, what: string, schema: object]>> = {
  '.csv': ['text/csv', 'The table', { type: 'string' }],
  '.xlsx': [
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'The table',
    { type: 'string' },
  ],
  '.atom': ['application/atom+xml', 'The feed', { type: 'string' }],
  '.json': ['application/feed+json', 'The feed', answerSchema('JsonFeed')],
  '.ics': ['text/calendar', 'The calendar', { type: 'string' }],
  '.pdf': ['application/pdf', 'The document', { type: 'string' }],
};

function describeAnswer(address: string, operation: Operation, isRead: boolean): void {
  const answers: Record<string, object | undefined> = operation.responses;
  const given = isRead ? (answersByAddress[address] ?? subscriptionAnswers[address]) : undefined;
  const file = files[/\.[a-z]+$/.exec(address)?.[0] ?? ''];
  if (given !== undefined) {
    const [type, schema] = given;
    answers['200'] = { description: 'The answer', content: { [type]: { schema } } };
  } else if (file !== undefined) {
    const [type, what, schema] = file;
    answers['200'] = { description: what, content: { [type]: { schema } } };
  }
  for (const answer of Object.values(answers))
    if (answer !== undefined && 'description' in answer && answer.description === '')
      answer.description = isRead ? 'The answer' : 'Recorded';
  if (isRead) answers['304'] = { description: 'The client has it: If-None-Match names its tag' };
  answers['default'] = {
    description: 'What went wrong and what to do',
    content: {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    },
  };
}
