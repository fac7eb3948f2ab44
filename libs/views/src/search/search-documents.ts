import { actionKinds, participantOf } from '#treaty';
import type { ViewStates } from '../known-at.ts';

/** What can be found: `action` is one that has a text, such as a reservation or an objection. */
export type SearchKind = 'treaty' | 'participant' | 'notification' | 'action';

export const searchKinds: readonly SearchKind[] = [
  'treaty',
  'participant',
  'notification',
  'action',
];

/** What is known by words about one thing of the register. */
export interface SearchDocument {
  readonly kind: SearchKind;
  /** Id of the treaty or action, code of the participant, number of the notification. */
  readonly key: string;
  /** Numbers and codes by which it is known. */
  readonly numbers: readonly string[];
  /** Title, subject or present name, in every language there is. */
  readonly names: readonly string[];
  /** Formal and former names, and what else it may be called. */
  readonly otherNames: readonly string[];
  readonly text: string;
}

/** How much of the register has been handed over already. Owned by whoever keeps an index. */
export interface SearchProgress {
  /** Events of each treaty. */
  readonly treaties: Map<string, number>;
  participants: number;
  notifications: number;
}

export const noProgress = (): SearchProgress => ({
  treaties: new Map(),
  participants: 0,
  notifications: 0,
});

/** A thing of the register by its kind and key; null where it has nothing that can be found by words. */
export function searchDocument(
  states: ViewStates,
  kind: SearchKind,
  key: string,
): SearchDocument | null {
  switch (kind) {
    case 'treaty': {
      const registered = states.treaties.byId.get(key)?.record.registered;
      if (registered == null) return null;
      const { title, titleFr } = registered;
      return { kind, key, numbers: [key], names: given(title, titleFr), otherNames: [], text: '' };
    }
    case 'participant':
      return ofParticipant(states, key);
    case 'notification': {
      const place = states.notifications.byNumber.get(key) ?? -1;
      const event = states.notifications.issued[place]?.event;
      if (event === undefined) return null;
      const names = given(event.subject.en, event.subject.fr);
      return { kind, key, numbers: [key], names, otherNames: [], text: '' };
    }
    case 'action':
      return ofAction(states, key);
  }
}

const given = (...words: readonly (string | null)[]): string[] => [
  ...new Set(words.filter((word) => word !== null)),
];

function ofParticipant({ participants }: ViewStates, key: string): SearchDocument | null {
  const participant = participantOf(participants.register, key);
  if (participant === null) return null;
  const { code, iso2, m49, name, nameFr, formalName, formalNameFr, alsoKnownAs } = participant;
  const borne = participant.names.flatMap((one) => [one.name, one.nameFr]);
  return {
    kind: 'participant',
    key,
    numbers: given(code, iso2, m49),
    names: given(name, nameFr),
    otherNames: given(formalName, formalNameFr, ...alsoKnownAs, ...borne),
    text: '',
  };
}

/** An action whose record has a text, with whose it is and what it is, so that both may be asked together. */
function ofAction({ actions, treaties, participants }: ViewStates, key: string) {
  const place = actions.byId.get(key);
  const record = place && treaties.byId.get(place.treaty)?.record;
  const current = record?.actions[place?.ordinal ?? -1]?.current;
  if (current === undefined || current.text === null) return null;
  const participant = participantOf(participants.register, current.participant);
  const { label } = actionKinds[current.kind];
  return {
    kind: 'action' as const,
    key,
    numbers: [current.treaty],
    names: given(label, participant?.name ?? current.participant, participant?.nameFr ?? null),
    otherNames: [],
    text: current.text,
  };
}

/**
 * Everything that is new or changed since the progress given, which moves along; it may be left at any
 * document and taken up later, while the views go on.
 */
export function* changedDocuments(
  states: ViewStates,
  progress: SearchProgress,
): Generator<SearchDocument> {
  const { treaties, participants, notifications } = states;
  const document = function* (kind: SearchKind, key: string): Generator<SearchDocument> {
    const found = searchDocument(states, kind, key);
    if (found !== null) yield found;
  };
  while (progress.participants < participants.history.length) {
    const event = participants.history[progress.participants]?.event;
    progress.participants += 1;
    if (event?.type === 'participantRegistered' || event?.type === 'participantRenamed')
      yield* document('participant', event.participant);
  }
  while (progress.notifications < notifications.issued.length) {
    const event = notifications.issued[progress.notifications]?.event;
    progress.notifications += 1;
    if (event !== undefined) yield* document('notification', event.notification);
  }
  for (const [treaty, { history }] of treaties.byId) {
    // Read anew each time: whoever left at a document may find that another went on in between.
    for (let done = 0; (done = progress.treaties.get(treaty) ?? 0) < history.length;) {
      const event = history[done]?.event;
      progress.treaties.set(treaty, done + 1);
      if (event?.type === 'treatyRegistered') yield* document('treaty', treaty);
      else if (event?.type === 'actionRecorded' && event.text !== null)
        yield* document('action', event.action);
      else if (event?.type === 'actionCorrected') yield* document('action', event.action);
    }
  }
}
