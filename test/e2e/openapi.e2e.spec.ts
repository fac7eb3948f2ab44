import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Ledger } from '#ledger';
import { fill } from './filled-register.ts';
import { openSealing } from '../../apps/notifier/src/secrets/sealing.ts';
import { startMailServer, type MailServer } from '../../apps/notifier/test/mail-server.ts';
import { ok, startReceiver, type Receiver } from '../../apps/notifier/test/receiver.ts';
import { RegisterUnderTest } from './register-under-test.ts';

let register: RegisterUnderTest;
let receiver: Receiver;
let mail: MailServer;
let document: any;
/** What stands in for the parts of an address where the shipped data has no example of its own. */
const parts: Record<string, string> = {};
/** What opens the subscription of this test, by address. */
const tokens: Record<string, string> = {};
beforeAll(async () => {
  mail = await startMailServer();
  register = new RegisterUnderTest({
    WEBHOOK_TARGETS: 'development',
    SMTP_URL: mail.url,
    MAIL_FROM: 'The Treaty Ledger <notices@treaties.example>',
  });
  await register.start();
  await fill(register);
  document = (await register.get('/openapi.json')).body;
  parts['action'] = (await register.get('/actions?limit=1')).body.actions[0].action;
  await subscribe();
  const recorded = await register.post('/depositary/attributes', {
    attribute: 'gross-tonnage',
    title: 'Gross tonnage of merchant fleets',
    date: '2016-01-01',
    values: { FRA: 7_000_000 },
    total: 1_200_000_000,
    source: 'IMO, as used for the entry into force of the Ballast Water Convention',
  });
  if (recorded.status !== 201) throw new Error(JSON.stringify(recorded.body));
  await notify(parts['action'] ?? '');
  await delivered();
}, 600_000);
afterAll(async () => {
  await register.remove();
  await Promise.all([receiver.close(), mail.close()]);
});

/** A subscription with a delivery in its log, and the tokens of its links. */
async function subscribe(): Promise<void> {
  receiver = await startReceiver();
  receiver.behave((request, response) => {
    const { challenge } = JSON.parse(request.body).data;
    if (challenge === undefined) return ok(request, response);
    return void response.writeHead(200).end(JSON.stringify({ challenge }));
  });
  const contact = 'operations@ministry.example';
  const target = `${receiver.address}/hook`;
  const wanted = { channel: 'webhook', target, topics: ['register'], contact };
  const { body } = await register.post('/subscriptions', wanted);
  parts['subscription'] = body.id;
  const at = '/subscriptions/{subscription}';
  const sealing = openSealing(undefined, register.folder);
  tokens[at] = body.token;
  tokens[`${at}/erasure`] = body.token;
  tokens[`${at}/confirmation`] = sealing.tokenFor('confirm', body.id);
  tokens[`${at}/unsubscription`] = sealing.tokenFor('unsubscribe', body.id);
  const question = (await mail.nth(contact, 1)).text ?? '';
  tokens[`${at}/contact/confirmation`] = /token=(\S+)/.exec(question)?.[1] ?? '';
  const { id } = contactIn(register.folder);
  tokens[`${at}/contact`] = sealing.tokenFor('contact-look', id);
  tokens[`${at}/contact/unsubscription`] = sealing.tokenFor('contact-unsubscribe', id);
}

/** The only contact, out of the database: its links are in mails that are sent when a webhook has failed for days. */
function contactIn(folder: string): { id: string } {
  const database = new DatabaseSync(join(folder, 'notifier.sqlite'), { readOnly: true });
  const { id } = database.prepare('select id from contacts').get() as { id: string };
  database.close();
  return { id };
}

/** Waits until what was recorded since is in the log of the subscription. */
async function delivered(): Promise<void> {
  const at = '/subscriptions/{subscription}';
  const path = `/subscriptions/${parts['subscription']}?token=${tokens[at]}`;
  while ((await register.get(path)).body.deliveries.length === 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Issues the notification of an action, so that there is one to read. */
async function notify(action: string): Promise<void> {
  const ledger = new Ledger(register.store!.connectionString);
  const issued = await ledger.notifications.issue(
    {
      treaty: (await register.get(`/actions/${action}`)).body.treaty,
      subject: { en: 'Signature', fr: 'Signature' },
      text: { en: 'The above action was effected.', fr: "L'action susmentionnée a été effectuée." },
      actions: [action],
      announcesEntryIntoForce: null,
      corrects: null,
      draft: 'first',
    },
    { actor: 'officer', today: register.today },
  );
  await ledger.close();
  if (issued.outcome === 'refused') throw new Error(issued.refusals[0].sentence);
  parts['number'] = issued.event.notification;
  const { position } = issued;
  await register.get(`/notifications?atLeast=${position}`);
}

interface Read {
  readonly address: string;
  readonly operation: any;
}

const reads = (): Read[] =>
  Object.entries<any>(document.paths).flatMap(([address, { get }]) =>
    get === undefined ? [] : [{ address, operation: get }],
  );

/** Those that everybody may ask for. */
const publicReads = (): Read[] =>
  reads().filter(({ address }) => !address.startsWith('/depositary'));

/** The address of an operation with its examples filled in. */
const exampleOf = ({ address, operation }: Read): string => {
  const required = operation.parameters.filter((one: any) => one.in === 'query' && one.required);
  const query = required.map((one: any) => [one.name, one.schema.examples[0]]);
  // One of two has to be given, which a list of parameters cannot say.
  if (address.endsWith('/changes')) query.push(['from', '2025-10-25']);
  if (address in tokens) query.push(['token', tokens[address]]);
  return filledIn(address, operation) + (query.length > 0 ? `?${new URLSearchParams(query)}` : '');
};

const filledIn = (address: string, operation: any): string =>
  address.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (address.startsWith('/problems/')) return 'not-found';
    const { example } = operation.parameters.find(
      (one: any) => one.in === 'path' && one.name === name,
    );
    return parts[name] ?? example;
  });

const validatorOf = (): Ajv2020 => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as any).default(ajv);
  ajv.addSchema({ $id: 'api', components: document.components });
  return ajv;
};

/** Schemas refer within the document; here they are asked for from outside it. */
const rooted = (schema: unknown): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components'));

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect([valid, errors]).toStrictEqual([true, undefined]);
  });

  it('has every public route and no other', () => {
    const routes = register
      .application!.routes.filter(({ method, guarded }) => method === 'GET' && !guarded)
      .map(({ url }) => url.replaceAll(/:(\w+)/g, '{$1}'))
      // What only people go through, in a browser, is no part of the interface for programs.
      .filter((route) => !/^\/(as-of|assets|depositary|sign-in|sign-out)\b/.test(route));
    const documented = publicReads().map(({ address }) => address);
    expect(documented.toSorted()).toStrictEqual([...new Set(routes)].toSorted());
  });

  it('gives each operation an id of its own, a summary, and describes every parameter', () => {
    const operations = Object.values<any>(document.paths).flatMap((item) =>
      Object.values<any>(item),
    );
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation, address } of reads()) {
      expect([address, typeof operation.summary]).toStrictEqual([address, 'string']);
      for (const { name, description } of operation.parameters)
        expect([address, name, typeof description]).toStrictEqual([address, name, 'string']);
    }
  });

  it('has examples that the register answers, as the schemas say', async () => {
    const ajv = validatorOf();
    for (const read of publicReads()) {
      const path = exampleOf(read);
      if (path === '/stream') continue;
      const content: object = read.operation.responses['200'].content;
      const [type, { schema }] = Object.entries<any>(content)[0]!;
      const { status, headers, body } = await register.get(path);
      expect([path, status]).toStrictEqual([path, 200]);
      expect([path, headers.get('content-type')?.split(';')[0]]).toStrictEqual([path, type]);
      if (!type.endsWith('json') || type === 'application/x-ndjson') continue;
      const validate = ajv.compile(rooted(schema));
      validate(body);
      expect([path, validate.errors]).toStrictEqual([path, null]);
    }
  });

  it('tells every field of a list, so that nothing is answered that nobody described', async () => {
    const fieldsOf = (schema: any): string[] => Object.keys(schema.properties).toSorted();
    const { schemas } = document.components;
    for (const [path, page, list] of [
      ['/actions?limit=5', 'ActionsPage', 'actions'],
      ['/treaties', 'TreatiesPage', 'treaties'],
      ['/participants?limit=5', 'ParticipantsPage', 'participants'],
    ] as const) {
      const { body } = await register.get(path);
      const described = fieldsOf(schemas[page]);
      expect(Object.keys(body).filter((field) => !described.includes(field))).toStrictEqual([]);
      const row = fieldsOf(schemas[page].properties[list].items);
      const extra = Object.keys(body[list][0]).filter((field) => !row.includes(field));
      expect([path, extra]).toStrictEqual([path, []]);
    }
  });

  it('describes each event of the ledger', async () => {
    const validate = validatorOf().compile(rooted({ $ref: '#/components/schemas/Event' }));
    const { body } = await register.get('/events');
    for (const line of body.trim().split('\n')) {
      validate(JSON.parse(line));
      expect(validate.errors).toBeNull();
    }
  });

  it('has parameters that the register takes, each with its example or first word', async () => {
    for (const read of publicReads()) {
      if (/stream|^\/events/.test(read.address)) continue;
      for (const parameter of read.operation.parameters) {
        if (parameter.in !== 'query') continue;
        const { schema, name } = parameter;
        const value = schema?.examples?.[0] ?? schema?.enum?.[0];
        if (value === undefined) continue;
        const example = exampleOf(read);
        if (example.includes(`?${name}=`)) continue;
        const path = `${example}${example.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`;
        const { status, body } = await register.get(path);
        // What was known at the example's instant may be nothing at all.
        expect([path, [200, 404].includes(status), body?.code]).toStrictEqual([
          path,
          true,
          status === 200 ? body?.code : 'not-found',
        ]);
      }
    }
  }, 600_000);

  it('describes problems as they are', async () => {
    const validate = validatorOf().compile(rooted({ $ref: '#/components/schemas/Problem' }));
    for (const path of ['/treaties/X-1', '/treaties?limit=x', '/nothing']) {
      validate((await register.get(path)).body);
      expect([path, validate.errors]).toStrictEqual([path, null]);
    }
  });
});

describe('linked data', () => {
  it('is a treaty as legislation, by its ending and by Accept, and says the same', async () => {
    const byEnding = await register.get('/treaties/XVIII-14.jsonld');
    const byAccept = await register.get('/treaties/XVIII-14', { Accept: 'application/ld+json' });
    expect(byAccept.body).toStrictEqual(byEnding.body);
    expect(byAccept.headers.get('content-type')).toBe('application/ld+json; charset=utf-8');
    expect(byEnding.body).toMatchObject({
      '@type': 'Legislation',
      '@id': `${register.address}/treaties/XVIII-14`,
      legislationIdentifier: 'XVIII-14',
      legislationDateOfApplicability: '2005-12-14',
    });
    expect(JSON.stringify(byEnding.body)).not.toContain('null');
  });

  it('names the forms of every data set, each of which answers as its media type', async () => {
    const { body } = await register.get('/dataset.jsonld');
    const forms = body['dcat:dataset'].flatMap((set: any) => set['dcat:distribution']);
    expect(forms.length).toBeGreaterThan(8);
    for (const form of forms) {
      const response = await fetch(form['dcat:accessURL']['@id'], { method: 'HEAD' });
      const type = response.headers.get('content-type')?.split(';')[0];
      expect([form['@id'], response.status, type]).toStrictEqual([
        form['@id'],
        200,
        form['dcat:mediaType'],
      ]);
    }
  });
});
