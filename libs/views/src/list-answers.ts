import type { Participant } from '#treaty';
import { participantNameOn, participantOf, statusRowOf } from '#treaty';
import type { LazyPage } from './action-answers.ts';
import {
  isKnown,
  participantsKnown,
  treatyKnown,
  type TimesAsked,
  type ViewStates,
} from './known-at.ts';
import { inMtdsgOrder, mtdsgKey } from './mtdsg-order.ts';
import { treatySummary, type LazyAnswer } from './treaty-answers.ts';

export interface PageAsked extends TimesAsked {
  readonly limit: number;
  readonly cursor: string | null;
}

const lastPosition = ({ treaties, participants }: ViewStates): string => {
  const last = BigInt(participants.history.at(-1)?.position ?? '0');
  return BigInt(treaties.lastPosition) > last ? treaties.lastPosition : String(last);
};

const sortedIds = new WeakMap<object, readonly string[]>();

/** The ids of all treaties in the order of their numbers, sorted again only when one was added. */
function idsInOrder({ treaties: { byId } }: ViewStates): readonly string[] {
  const known = sortedIds.get(byId);
  if (known?.length === byId.size) return known;
  const sorted = [...byId.keys()]
    .map((id) => ({ id, key: mtdsgKey(id) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ id }) => id);
  sortedIds.set(byId, sorted);
  return sorted;
}

/** A page of all treaties as known then, in the order of their numbers. */
export function treatiesPage(states: ViewStates, { limit, cursor, ...times }: PageAsked): LazyPage {
  const start = cursor === null ? '' : mtdsgKey(cursor);
  const ids: string[] = [];
  for (const id of idsInOrder(states)) {
    if (ids.length > limit) break;
    if (mtdsgKey(id) > start && isKnown(states, id, times.asKnownAt)) ids.push(id);
  }
  const shown = ids.slice(0, limit);
  const next = ids.length > limit ? (shown.at(-1) ?? null) : null;
  return {
    revision: `${lastPosition(states)} ${times.asOf}`,
    next,
    body: () => ({ treaties: shown.map((id) => treatySummary(states, id, times)), next }),
  };
}

/** A page of all participants, by code. */
export function participantsPage(
  states: ViewStates,
  { limit, cursor, asOf, asKnownAt }: PageAsked,
): LazyPage {
  const register = participantsKnown(states, asKnownAt);
  const codes = Object.keys(register.byCode)
    .toSorted()
    .filter((code) => cursor === null || code > cursor);
  const shown = codes.slice(0, limit);
  const next = codes.length > limit ? (shown.at(-1) ?? null) : null;
  return {
    revision: `${states.participants.history.at(-1)?.position ?? ''} ${asOf}`,
    next,
    body: () => ({
      participants: shown.flatMap((code) => {
        const participant = participantOf(register, code);
        return participant === null
          ? []
          : [{ ...participant, name: participantNameOn(participant, asOf) }];
      }),
      next,
    }),
  };
}

/** One participant, and where it stands in every treaty in which it acts. */
export function participantAnswer(
  states: ViewStates,
  asked: TimesAsked & { readonly code: string },
): LazyAnswer | null {
  const { code, asOf, asKnownAt } = asked;
  const participant: Participant | null = participantOf(participantsKnown(states, asKnownAt), code);
  if (participant === null) return null;
  // Where the State that it continues acted, it stands too.
  const { continues } = participant;
  const persons = continues === null ? [code] : [code, continues];
  const acting = persons.flatMap((one) => [...(states.actions.treatiesOf.get(one) ?? [])]);
  const ids = [...new Set(acting)].toSorted(inMtdsgOrder);
  return {
    revision: lastPosition(states),
    body: () => ({
      ...participant,
      name: participantNameOn(participant, asOf),
      asOf,
      asKnownAt,
      treaties: ids.flatMap((treaty) => {
        const known = treatyKnown(states, treaty, asked);
        if (known === null) return [];
        const { record, participants, elsewhere } = known;
        const row = statusRowOf(record, participants, { asOf, elsewhere }, code);
        return row === null
          ? []
          : [{ treaty, title: known.record.registered?.title ?? '', ...row }];
      }),
    }),
  };
}
