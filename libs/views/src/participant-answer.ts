import { participantNameOn, participantOf, statusRowOf, type Participant } from '#treaty';
import {
  lastPositionKnown,
  optionsOf,
  participantsKnown,
  positionKnown,
  treatyKnown,
  type TimesAsked,
  type ViewStates,
} from './known-at.ts';
import { inMtdsgOrder } from './mtdsg-order.ts';
import type { LazyAnswer } from './treaty-answers.ts';

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
    revision: [
      lastPositionKnown(states, asKnownAt),
      positionKnown(states.notifications.issued, asKnownAt) ?? '',
    ].join(' '),
    body: () => ({
      ...participant,
      name: participantNameOn(participant, asOf),
      asOf,
      asKnownAt,
      treaties: ids.flatMap((treaty) => {
        const known = treatyKnown(states, treaty, asked);
        if (known === null) return [];
        const { record, participants } = known;
        const row = statusRowOf(record, participants, optionsOf(known, asOf), code);
        return row === null
          ? []
          : [{ treaty, title: known.record.registered?.title ?? '', ...row }];
      }),
    }),
  };
}
