import {
  participantNameOn,
  type CalendarDate,
  type Participant,
  type ParticipantKind,
} from '#treaty';
import {
  lastPositionKnown,
  participantsKnown,
  positionKnown,
  type TimesAsked,
  type ViewStates,
} from '../known-at.ts';
import type { ListPage } from './list-page.ts';
import { isDescending, pageOfRows, searchable, type SortKey } from './order.ts';

export const participantSorts = ['code', '-code', 'name', '-name', 'nameFr', '-nameFr'] as const;
export type ParticipantSort = (typeof participantSorts)[number];

export const participantKinds: readonly ParticipantKind[] = [
  'state',
  'observer-state',
  'non-member-state',
  'dissolved-state',
  'reio',
  'organization',
  'territory',
];

export interface ParticipantListAsked extends TimesAsked {
  readonly kind: ParticipantKind | null;
  /** Text that one of its names holds, present or former, in English or French, or its code. */
  readonly name: string | null;
  readonly sort: ParticipantSort;
  readonly limit: number;
  readonly after: SortKey | null;
}

/** Whether one of a participant's names, present or former, holds a text, whatever its accents; or its code. */
export function isCalled(participant: Participant, text: string): boolean {
  const { code, name, nameFr, formalName, formalNameFr, alsoKnownAs, names } = participant;
  const all = [code, name, nameFr, formalName, formalNameFr, ...alsoKnownAs];
  const former = names.flatMap((one) => [one.name, one.nameFr]);
  const wanted = searchable(text);
  return [...all, ...former].some((one) => searchable(one ?? '').includes(wanted));
}

function keyOf(participant: Participant, sort: ParticipantSort, asOf: CalendarDate): SortKey {
  const { code } = participant;
  if (sort.endsWith('code')) return [code];
  const name = participantNameOn(participant, asOf);
  if (!sort.endsWith('nameFr')) return [searchable(name), code];
  const borne = participant.names.findLast((one) => one.name === name)?.nameFr;
  const present = name === participant.name ? participant.nameFr : null;
  return [searchable(borne ?? present ?? name), code];
}

const shownOn = (participant: Participant, asOf: CalendarDate): object => ({
  ...participant,
  name: participantNameOn(participant, asOf),
});

/** Participants as known then, under the names that they had on the date. */
export function participantList(states: ViewStates, asked: ParticipantListAsked): ListPage {
  const { asOf, asKnownAt, kind, name, sort, limit, after } = asked;
  const rows = Object.values(participantsKnown(states, asKnownAt).byCode)
    .filter((one) => (kind === null || one.kind === kind) && (name === null || isCalled(one, name)))
    .map((participant) => ({ participant, key: keyOf(participant, sort, asOf) }));
  const { shown, more } = pageOfRows(rows, { after, limit, descending: isDescending(sort) });
  const position = positionKnown(states.participants.history, asKnownAt);
  const knownAt = asKnownAt ?? lastPositionKnown(states, null);
  const last = shown.at(-1);
  return {
    revision: `${position ?? ''} ${asOf} ${more ? knownAt : ''}`,
    next: more && last !== undefined ? { key: last.key, asOf, asKnownAt: knownAt } : null,
    count: shown.length,
    position,
    rows: () => shown.values().map(({ participant }) => shownOn(participant, asOf)),
    body: (participants, next) => ({
      asOf,
      asKnownAt,
      position,
      total: rows.length,
      participants,
      next,
    }),
  };
}
