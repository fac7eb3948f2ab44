import { catalogueEntry } from '#catalogue';
import type { CommandMeta, Ledger } from '#ledger';
import {
  calendarDate,
  type ParticipantEvent,
  type ParticipantKind,
  type RecordAction,
  type RegisterTreaty,
} from '#treaty';
import { councilOfEuropeMembers } from './council-of-europe.data.ts';
import { cybercrimeSignatures, unionMembers } from './cybercrime.data.ts';
import { participantRows, participantSources } from './participants.data.ts';

export interface SeedReport {
  /** What was loaded, for a person. */
  readonly sentence: string;
  readonly participants: number;
  readonly actions: number;
}

const treaty = 'XVIII-16';
const dateOrNull = (text: string | null) => (text === null ? null : calendarDate(text));

/** The facts about participants that are shipped. */
export function seedParticipants(): ParticipantEvent[] {
  const registered = participantRows.map((row): ParticipantEvent => {
    const [participant, kind, iso2, m49, name, nameFr, formalName, formalNameFr, alsoKnownAs] = row;
    const [, , , , , , , , , from, until, predecessors, note, source] = row;
    return {
      type: 'participantRegistered',
      participant,
      kind: kind as ParticipantKind,
      iso2,
      m49,
      name,
      nameFr,
      formalName,
      formalNameFr,
      alsoKnownAs,
      from: dateOrNull(from),
      until: dateOrNull(until),
      predecessors,
      note,
      source: participantSources[source] ?? null,
    };
  });
  const membersOf = (
    organization: string,
    members: readonly (readonly [string, string, string | null])[],
  ): ParticipantEvent[] =>
    members.map(([member, from, until]) => ({
      type: 'membershipRecorded',
      organization,
      member,
      from: calendarDate(from),
      until: dateOrNull(until),
    }));
  return [
    ...registered,
    ...membersOf('EUE', unionMembers),
    ...membersOf('ORG-COE', councilOfEuropeMembers),
    {
      type: 'participantContinued',
      participant: 'RUS',
      predecessor: 'SUN',
      date: calendarDate('1991-12-24'),
    },
  ];
}

const shipped = catalogueEntry('cybercrime');
if (shipped === null) throw new Error('The catalogue lacks the Convention against Cybercrime.');

export const seedTreaty: RegisterTreaty = {
  type: 'registerTreaty',
  treaty,
  title: shipped.title,
  depositary: shipped.depositary,
  dateOfAdoption: shipped.dateOfAdoption,
  placeOfAdoption: 'New York',
  finalClauses: shipped.finalClauses,
  source: 'A/RES/79/243; MTDSG XVIII-16; C.N.196.2025.TREATIES-XVIII.16',
};

/** The signatures that are shipped, as commands. */
export function seedSignatures(): RecordAction[] {
  return cybercrimeSignatures.map((signature) => ({
    type: 'recordAction',
    treaty,
    kind: 'signature',
    ...signature,
  }));
}

/**
 * Loads the shipped data once: participants, the Convention against Cybercrime and its signatures. A ledger
 * that holds the treaty already is left as it is, whatever officers have done to it since.
 */
export async function loadSeed(
  ledger: Ledger,
  meta: Pick<CommandMeta, 'actor' | 'today'>,
): Promise<SeedReport> {
  const { record } = await ledger.loadTreaty(treaty);
  const wanted = seedSignatures();
  // The whole of it, or what a crash left out: each part is recognised by what the ledger holds.
  if (record.registered !== null && record.actions.length >= wanted.length)
    return { sentence: 'The shipped data is there already.', participants: 0, actions: 0 };
  const { appended } = await ledger.registerParticipants(seedParticipants(), meta);
  const registered = await ledger.transact(seedTreaty, meta);
  const results = [registered, ...(await ledger.transactMany(treaty, wanted, meta))];
  for (const result of results) {
    const odd = result.outcome === 'refused' ? result.refusals[0] : null;
    if (odd !== null && odd.code !== 'treaty-already-registered')
      throw new Error(`The shipped data was refused: ${odd.sentence}`);
  }
  const actions = results.filter(({ outcome }) => outcome === 'recorded').length - 1;
  const participants = participantRows.length;
  const sentence = `Loaded ${participants} participants and the Convention against Cybercrime with ${wanted.length} signatures.`;
  return { sentence, participants: appended, actions };
}
