import {
  dateParameter,
  knownAtParameter,
  oneValue,
  onlyKnown,
  Problem,
  wordParameter,
} from '#http';
import { actionKinds, type ActionKind, type CalendarDate } from '#treaty';
import {
  actionSorts,
  participantKinds,
  participantSorts,
  participantStatuses,
  statusSorts,
  treatySorts,
  type ActionListAsked,
  type ParticipantListAsked,
  type StatusTableAsked,
  type TreatyListAsked,
} from '#views';
import {
  pageParameterDescriptions,
  tableParameterDescriptions,
  timeParameterDescriptions,
  type Parameters,
} from '../parameters.ts';
import { listPageOf, timesOfPage } from '../paging.ts';
import { timesOf } from '../times.ts';

export type QueryString = Readonly<Record<string, unknown>>;

/** Whether a page of the list is asked for, or the whole of it as a table. */
export type Extent = 'page' | 'table';

const kinds = Object.keys(actionKinds) as ActionKind[];
const states = ['pending', 'fixed', 'in-force', 'ceased', 'unknown'] as const;

const withExtent = (filters: Parameters): Record<Extent, Parameters> => ({
  page: { ...filters, ...timeParameterDescriptions, ...pageParameterDescriptions },
  table: { ...filters, ...timeParameterDescriptions, ...tableParameterDescriptions },
});

const actionFilters: Parameters = {
  participant: { description: 'Code of a participant', example: 'FRA' },
  kind: { description: 'Kind of action', enum: kinds },
  from: { description: 'First legal date', format: 'date' },
  to: { description: 'Last legal date', format: 'date' },
  recordedFrom: { description: 'Instant or position: recorded then or later' },
  recordedTo: { description: 'Instant or position: recorded then or earlier' },
  sort: {
    description: 'By order of recording or legal date; "-" turns it round',
    enum: actionSorts,
  },
};

export const actionParameters = withExtent(actionFilters);
export const allActionsParameters = withExtent({
  treaty: { description: 'Number of a treaty', example: 'XVIII-16' },
  ...actionFilters,
});
export const treatyParameters = withExtent({
  state: { description: 'Whether it is in force as of the date', enum: states },
  participant: { description: 'Code of a participant that acted in it', example: 'FRA' },
  title: { description: 'Text in the title or number, whatever its accents', example: 'crime' },
  depositary: { description: 'Text in the name of the depositary' },
  sort: { description: 'By number, title or date; "-" turns it round', enum: treatySorts },
});
export const participantParameters = withExtent({
  kind: { description: 'Kind of participant', enum: participantKinds },
  name: { description: 'Text in any of its names, former ones too', example: 'Czech' },
  sort: { description: 'By code or name; "-" turns it round', enum: participantSorts },
});
const statusFilters: Parameters = {
  status: { description: 'Only those that stand so', enum: participantStatuses },
  participant: { description: 'Code of a participant', example: 'FRA' },
  name: { description: 'Text in any of its names, former ones too', example: 'Czech' },
  sort: {
    description:
      'By name, date of the latest act, status, or date of signature, consent, entry into force; "-" turns it round',
    enum: statusSorts,
  },
};
export const statusParameters: Record<Extent, Parameters> = {
  page: {
    ...statusFilters,
    fields: {
      description:
        'Names of the fields of a row to answer with, separated by commas; all when left out',
      example: 'name,status,partyFrom',
    },
    ...timeParameterDescriptions,
  },
  table: { ...statusFilters, ...timeParameterDescriptions, ...tableParameterDescriptions },
};

/** A list as asked in an address. */
export interface ListAsked<Asked> {
  readonly asked: Asked;
  readonly sort: string;
  readonly atLeast: string | undefined;
}

const everything = { limit: Number.POSITIVE_INFINITY, cursor: null };

/** The actions asked for, of one treaty or of all. */
export function actionsAsked(
  query: QueryString,
  treaty: string | null,
  today: CalendarDate,
  extent: Extent,
): ListAsked<ActionListAsked> {
  const parameters = treaty === null ? allActionsParameters : actionParameters;
  onlyKnown(query, Object.keys(parameters[extent]));
  const sort = wordParameter('sort', query['sort'], actionSorts) ?? 'recorded';
  const { limit, cursor } = extent === 'page' ? listPageOf(query, 'actions', sort) : everything;
  const { asOf, asKnownAt, atLeast } = timesOf(query, today);
  return {
    asked: {
      treaty: treaty ?? oneValue('treaty', query['treaty']) ?? null,
      participant: oneValue('participant', query['participant']) ?? null,
      kind: wordParameter('kind', query['kind'], kinds) ?? null,
      from: dateParameter('from', query['from']) ?? null,
      to: dateParameter('to', query['to']) ?? null,
      recordedFrom: knownAtParameter('recordedFrom', query['recordedFrom']) ?? null,
      recordedTo: knownAtParameter('recordedTo', query['recordedTo']) ?? null,
      asOf: dateParameter('asOf', query['asOf']) ?? null,
      asKnownAt: cursor?.asKnownAt ?? asKnownAt,
      namesOn: asOf,
      sort,
      limit,
      after: cursor?.key ?? null,
    },
    sort,
    atLeast,
  };
}

/** The treaties asked for. */
export function treatiesAsked(
  query: QueryString,
  today: CalendarDate,
  extent: Extent,
): ListAsked<TreatyListAsked> {
  onlyKnown(query, Object.keys(treatyParameters[extent]));
  const sort = wordParameter('sort', query['sort'], treatySorts) ?? 'number';
  const { limit, cursor } = extent === 'page' ? listPageOf(query, 'treaties', sort) : everything;
  const { atLeast, ...times } = timesOfPage(timesOf(query, today), cursor);
  return {
    asked: {
      ...times,
      state: wordParameter('state', query['state'], states) ?? null,
      participant: oneValue('participant', query['participant']) ?? null,
      text: oneValue('title', query['title']) ?? null,
      depositary: oneValue('depositary', query['depositary']) ?? null,
      sort,
      limit,
      after: cursor?.key ?? null,
    },
    sort,
    atLeast,
  };
}

/** The participants asked for. */
export function participantsAsked(
  query: QueryString,
  today: CalendarDate,
  extent: Extent,
): ListAsked<ParticipantListAsked> {
  onlyKnown(query, Object.keys(participantParameters[extent]));
  const sort = wordParameter('sort', query['sort'], participantSorts) ?? 'code';
  const { limit, cursor } =
    extent === 'page' ? listPageOf(query, 'participants', sort) : everything;
  const { atLeast, ...times } = timesOfPage(timesOf(query, today), cursor);
  return {
    asked: {
      ...times,
      kind: wordParameter('kind', query['kind'], participantKinds) ?? null,
      name: oneValue('name', query['name']) ?? null,
      sort,
      limit,
      after: cursor?.key ?? null,
    },
    sort,
    atLeast,
  };
}

/** The status table asked for. */
export function statusAsked(
  query: QueryString,
  treaty: string,
  today: CalendarDate,
  extent: Extent,
): ListAsked<StatusTableAsked> {
  onlyKnown(query, Object.keys(statusParameters[extent]));
  const sort = wordParameter('sort', query['sort'], statusSorts) ?? 'name';
  const { atLeast, ...times } = timesOf(query, today);
  return {
    asked: {
      treaty,
      ...times,
      status: wordParameter('status', query['status'], participantStatuses) ?? null,
      participant: oneValue('participant', query['participant']) ?? null,
      name: oneValue('name', query['name']) ?? null,
      sort,
      fields: extent === 'page' ? fieldsOf(query) : null,
    },
    sort,
    atLeast,
  };
}

/** Fields of a row of the status table. */
export const statusFields: readonly string[] = [
  'code',
  'name',
  'status',
  'signature',
  'consent',
  'partyFrom',
  'partyFromRule',
  'partyUntil',
  'earlier',
  'withdrawal',
  'provisionalApplicationFrom',
  'predecessors',
  'successors',
  'territories',
  'statements',
];

function fieldsOf(query: QueryString): readonly string[] | null {
  const text = oneValue('fields', query['fields']);
  if (text === undefined) return null;
  const fields = text.split(',');
  const stranger = fields.find((field) => !statusFields.includes(field));
  if (stranger === undefined) return fields;
  throw new Problem(
    'invalid-parameter',
    `fields: "${stranger.slice(0, 40)}" is no field of a row; there are ${statusFields.join(', ')}.`,
    { field: 'fields' },
  );
}
