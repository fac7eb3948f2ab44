/** What an answer becomes as linked data: where the register is, and under which licence it publishes. */
export interface LinkedContext {
  readonly origin: string;
  readonly licence: string;
}

/** The parts of a treaty's answer that schema.org has words for. */
interface TreatyAnswer {
  readonly treaty: string;
  readonly title: string;
  readonly titleFr: string | null;
  readonly dateOfAdoption: string | null;
  readonly placeOfAdoption: string | null;
  readonly depositary: string | null;
  readonly source: string | null;
  readonly entryIntoForce: { readonly state: string; readonly date?: string };
}

const legalForce: Readonly<Record<string, string>> = {
  'in-force': 'https://schema.org/InForce',
  ceased: 'https://schema.org/NotInForce',
  fixed: 'https://schema.org/NotInForce',
  pending: 'https://schema.org/NotInForce',
};

/** A treaty as schema.org's Legislation. What is not known is left out: JSON-LD has no null. */
export function treatyAsLegislation(answer: object, { origin, licence }: LinkedContext): object {
  const { treaty, title, titleFr, ...facts } = answer as TreatyAnswer;
  const { state, date } = facts.entryIntoForce;
  const address = `${origin}/treaties/${encodeURIComponent(treaty)}`;
  const force = legalForce[state];
  return {
    '@context': 'https://schema.org',
    '@type': 'Legislation',
    '@id': address,
    url: address,
    identifier: treaty,
    legislationIdentifier: treaty,
    legislationType: 'Treaty',
    name: [
      { '@value': title, '@language': 'en' },
      ...(titleFr === null ? [] : [{ '@value': titleFr, '@language': 'fr' }]),
    ],
    ...(facts.dateOfAdoption !== null && { legislationDate: facts.dateOfAdoption }),
    ...(facts.placeOfAdoption !== null && {
      locationCreated: { '@type': 'Place', name: facts.placeOfAdoption },
    }),
    ...(facts.depositary !== null && {
      maintainer: { '@type': 'Organization', name: facts.depositary },
    }),
    ...(force !== undefined && { legislationLegalForce: force }),
    ...(date !== undefined && { legislationDateOfApplicability: date }),
    ...(facts.source !== null && { isBasedOn: facts.source }),
    isPartOf: { '@id': `${origin}/dataset.jsonld#treaties` },
    subjectOf: { '@type': 'Dataset', '@id': `${address}/status`, name: `Status of ${treaty}` },
    license: licence,
  };
}

/** A form in which a data set can be had. */
type Form = readonly [path: string, mediaType: string];

const csv = 'text/csv';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const json = 'application/json';

interface DataSet {
  readonly name: string;
  readonly title: Readonly<Record<'en' | 'fr', string>>;
  readonly description: string;
  readonly forms: readonly Form[];
}

const dataSets: readonly DataSet[] = [
  {
    name: 'treaties',
    title: { en: 'Treaties', fr: 'Traités' },
    description: 'Treaties with their final clauses, totals and entry into force.',
    forms: [
      ['/treaties', json],
      ['/treaties.csv', csv],
      ['/treaties.xlsx', xlsx],
    ],
  },
  {
    name: 'actions',
    title: { en: 'Treaty actions', fr: 'Actes relatifs aux traités' },
    description: 'Signatures, ratifications and every other act, with their corrections.',
    forms: [
      ['/actions', json],
      ['/actions.csv', csv],
      ['/actions.xlsx', xlsx],
    ],
  },
  {
    name: 'participants',
    title: { en: 'Participants', fr: 'Participants' },
    description: 'States and organizations with ISO 3166-1 and M49 codes, names and dates.',
    forms: [
      ['/participants', json],
      ['/participants.csv', csv],
      ['/participants.xlsx', xlsx],
    ],
  },
  {
    name: 'ledger',
    title: { en: 'The ledger', fr: 'Le registre' },
    description: 'Every event in order, from which all the rest is computed.',
    forms: [
      ['/events', 'application/x-ndjson'],
      ['/stream', 'text/event-stream'],
    ],
  },
];

const inLanguages = (texts: Readonly<Record<string, string>>): object[] =>
  Object.entries(texts).map(([language, text]) => ({ '@value': text, '@language': language }));

/** The register as a DCAT catalogue: its data sets and the forms in which each can be had. */
export function registerAsCatalogue({ origin, licence }: LinkedContext): object {
  const id = (path: string): string => `${origin}${path}`;
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
    },
    '@id': id('/dataset.jsonld'),
    '@type': 'dcat:Catalog',
    'dct:title': inLanguages({ en: 'The Treaty Ledger', fr: 'Registre des traités' }),
    'dct:description': 'The register of a treaty depositary.',
    'dct:license': { '@id': licence },
    'dct:language': ['en', 'fr'],
    'foaf:homepage': { '@id': id('/') },
    'dcat:service': {
      '@id': id('/openapi.json'),
      '@type': 'dcat:DataService',
      'dct:title': 'Public API',
      'dcat:endpointURL': { '@id': id('/') },
      'dcat:endpointDescription': { '@id': id('/openapi.json') },
    },
    'dcat:dataset': dataSets.map(({ name, title, description, forms }) => ({
      '@id': id(`/dataset.jsonld#${name}`),
      '@type': 'dcat:Dataset',
      'dct:identifier': name,
      'dct:title': inLanguages(title),
      'dct:description': description,
      'dct:license': { '@id': licence },
      'dcat:distribution': forms.map(([path, mediaType]) => ({
        '@id': id(path),
        '@type': 'dcat:Distribution',
        'dcat:accessURL': { '@id': id(path) },
        'dcat:mediaType': mediaType,
        'dct:license': { '@id': licence },
      })),
    })),
  };
}
