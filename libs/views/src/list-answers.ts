import type { Participant } from '#treaty';
import { participantNameOn, participantOf, statusOf } from '#treaty';
import type { LazyPage } from './action-answers.ts';
import { participantsKnown, treatyKnown, type TimesAsked, type ViewStates } from './known-at.ts';
import { inMtdsgOrder } from './mtdsg-order.ts';
import { treatySummary, type LazyAnswer } from './treaty-answers.ts';

export interface PageAsked extends TimesAsked {
  readonly limit: number;
  readonly cursor: string | null;
}

const lastPosition = ({ treaties, participants }: ViewStates): string => {
  let last = BigInt(participants.history.at(-1)?.position ?? '0');
  for (const { history } of treaties.byId.values()) {
    const position = BigInt(history.at(-1)?.position ?? '0');
    if (position > last) last = position;
  }
  return String(last);
};

/** A page of all treaties as known then, in the order of their numbers. */
export function treatiesPage(states: ViewStates, { limit, cursor, ...times }: PageAsked): LazyPage {
  const ids = [...states.treaties.byId.keys()]
    .filter((id) => treatyKnown(states, id, times) !== null)
    .toSorted(inMtdsgOrder)
    .filter((id) => cursor === null || inMtdsgOrder(id, cursor) > 0);
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
  const ids = [...(states.actions.treatiesOf.get(code) ?? [])].toSorted(inMtdsgOrder);
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
        const { elsewhere } = known;
        const row = statusOf(known.record, known.participants, {
          asOf,
          elsewhere,
        }).participants.find((one) => one.code === code);
        return row === undefined
          ? []
          : [{ treaty, title: known.record.registered?.title ?? '', ...row }];
      }),
    }),
  };
}
