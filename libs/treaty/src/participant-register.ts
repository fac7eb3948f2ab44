import type { CalendarDate } from './calendar-date.ts';
import type {
  AttributeTable,
  Participant,
  ParticipantEvent,
  ParticipantRegister,
} from './participants.ts';
import type { Who } from './refusal-facts.ts';

/** No participant is known yet. */
export const emptyParticipants: ParticipantRegister = { byCode: {}, tables: {} };

/** The fold of the `participants` stream. Total: an event about a code nobody registered changes nothing. */
export function evolveParticipants(
  register: ParticipantRegister,
  event: ParticipantEvent,
): ParticipantRegister {
  const put = (participant: Participant): ParticipantRegister => ({
    ...register,
    byCode: { ...register.byCode, [participant.code]: participant },
  });
  const change = (code: string, by: (known: Participant) => Participant): ParticipantRegister => {
    const known = participantOf(register, code);
    return known === null ? register : put(by(known));
  };
  switch (event.type) {
    case 'participantRegistered': {
      const { type: _type, participant: code, ...facts } = event;
      const known = participantOf(register, code);
      return put({
        ...facts,
        code,
        names: known?.names ?? [{ name: event.name, nameFr: event.nameFr, from: null }],
        successors: known?.successors ?? [],
        continues: known?.continues ?? null,
        members: known?.members ?? [],
      });
    }
    case 'membershipRecorded':
      return change(event.organization, (known) => ({
        ...known,
        members: [
          ...known.members.filter(({ code, from }) => code !== event.member || from !== event.from),
          { code: event.member, from: event.from, until: event.until },
        ],
      }));
    case 'participantRenamed':
      return change(event.participant, (known) => renamed(known, event));
    case 'participantContinued': {
      const { participant, predecessor, date } = event;
      const linked = change(participant, (known) => ({ ...known, continues: predecessor }));
      const before = participantOf(linked, predecessor);
      // From then on the person acts under the other code, whether or not its end is recorded apart.
      if (before === null || before.until !== null) return linked;
      const ended = { ...before, until: date, successors: [...before.successors, participant] };
      return { ...linked, byCode: { ...linked.byCode, [predecessor]: ended } };
    }
    case 'participantDissolved':
      return change(event.participant, (known) => ({
        ...known,
        kind: 'dissolved-state',
        until: event.date,
        successors: event.successors,
      }));
    case 'attributeTableRecorded': {
      const { type: _type, ...table } = event;
      const others = (register.tables[table.attribute] ?? []).filter(
        ({ date }) => date !== table.date,
      );
      const tables = [...others, table].toSorted((a, b) => (a.date < b.date ? -1 : 1));
      return { ...register, tables: { ...register.tables, [table.attribute]: tables } };
    }
  }
}

function renamed(
  known: Participant,
  { name, nameFr, date }: { name: string; nameFr: string | null; date: CalendarDate },
): Participant {
  const names = [
    ...known.names.filter(({ from }) => from !== date),
    { name, nameFr, from: date },
  ].toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
  const current = names.at(-1) ?? { name, nameFr };
  return {
    ...known,
    names,
    name: current.name,
    nameFr: current.nameFr,
    alsoKnownAs: [...new Set([...known.alsoKnownAs, known.name])].filter(
      (other) => other !== current.name,
    ),
  };
}

/** The participant with a code, or null. Never an inherited property of an object. */
export function participantOf(register: ParticipantRegister, code: string): Participant | null {
  return Object.hasOwn(register.byCode, code) ? (register.byCode[code] ?? null) : null;
}

/** Whom a refusal is about; a code that nobody registered stands for the name. */
export const whoIs = (register: ParticipantRegister, code: string): Who =>
  participantOf(register, code) ?? { code, kind: 'state', name: code, nameFr: null };

/** The figures in force on a date: the latest table up to it, else the first there is; null for no table. */
export function tableOn(
  register: ParticipantRegister,
  attribute: string,
  date: CalendarDate,
): AttributeTable | null {
  const tables = Object.hasOwn(register.tables, attribute) ? register.tables[attribute] : undefined;
  return tables?.findLast((table) => table.date <= date) ?? tables?.[0] ?? null;
}

const continuing = new WeakMap<ParticipantRegister, readonly (readonly [string, string])[]>();

/** Each State that continues another, with that other. */
export function continuations(
  register: ParticipantRegister,
): readonly (readonly [code: string, continued: string])[] {
  let found = continuing.get(register);
  if (found === undefined) {
    found = Object.values(register.byCode).flatMap(({ code, continues }) =>
      continues === null ? [] : [[code, continues] as const],
    );
    continuing.set(register, found);
  }
  return found;
}

/** The figure of a participant in a table, under its own code or another of the same legal person. */
export function valueOf(
  register: ParticipantRegister,
  { values }: AttributeTable,
  code: string,
): number | undefined {
  if (Object.hasOwn(values, code)) return values[code];
  const same = continuations(register)
    .flat()
    .find((other) => Object.hasOwn(values, other) && isSamePerson(register, other, code));
  return same === undefined ? undefined : values[same];
}

/** The days of all tables of an attribute. */
export function datesOfTables(
  { tables }: ParticipantRegister,
  attribute: string,
): readonly CalendarDate[] {
  return Object.hasOwn(tables, attribute) ? (tables[attribute] ?? []).map(({ date }) => date) : [];
}

/** The code that a legal person had first: that of the USSR for Russia, which continues it. */
export function personOf(register: ParticipantRegister, code: string): string {
  const passed = new Set<string>();
  let person = code;
  for (;;) {
    const before = participantOf(register, person)?.continues ?? null;
    // A circle would be a mistake in the record; it ends where it began.
    if (before === null || passed.has(before)) return person;
    passed.add(person);
    person = before;
  }
}

/** Whether two codes name one legal person: the same code, or one that continues the other. */
export function isSamePerson(register: ParticipantRegister, code: string, other: string): boolean {
  return code === other || personOf(register, code) === personOf(register, other);
}

/** The name that a participant bore on a date. */
export function participantNameOn(participant: Participant, date: CalendarDate): string {
  const borne = participant.names.findLast(({ from }) => from === null || from <= date);
  return borne?.name ?? participant.names[0]?.name ?? participant.name;
}

/** Whether a State was a member of an organization on a date; the last day of a membership counts. */
export function isMemberOn(
  register: ParticipantRegister,
  organization: string,
  member: string,
  date: CalendarDate,
): boolean {
  return (participantOf(register, organization)?.members ?? []).some(
    ({ code, from, until }) => code === member && from <= date && (until === null || date <= until),
  );
}

const folded = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const indexes = new WeakMap<ParticipantRegister, Map<string, Participant>>();

/** A participant by code, ISO 3166 letters, or any current or former name, whatever its accents and case. */
export function findParticipant(register: ParticipantRegister, words: string): Participant | null {
  let index = indexes.get(register);
  if (index === undefined) {
    index = new Map();
    const all = Object.values(register.byCode);
    for (const participant of all) {
      const { name, nameFr, formalName, formalNameFr, alsoKnownAs, names } = participant;
      const older = names.flatMap((one) => [one.name, one.nameFr]);
      for (const known of [name, nameFr, formalName, formalNameFr, ...alsoKnownAs, ...older]) {
        if (known !== null && !index.has(folded(known))) index.set(folded(known), participant);
      }
    }
    // Codes win over names.
    for (const participant of all) {
      index.set(folded(participant.code), participant);
      if (participant.iso2 !== null) index.set(folded(participant.iso2), participant);
    }
    indexes.set(register, index);
  }
  return index.get(folded(words)) ?? null;
}
