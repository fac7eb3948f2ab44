import {
  actionKinds,
  type CalendarDate,
  type ParticipantRegister,
  type TreatyRecord,
} from '#treaty';

/** Somebody to whom a notification is addressed. */
export interface Recipient {
  readonly code: string;
  readonly name: string;
  readonly nameFr: string;
  /** Why: it acted under the treaty, or it may become a party. */
  readonly because: 'acted' | 'entitled';
}

// A dissolved State was one while it lasted; the date decides.
const states = ['state', 'observer-state', 'non-member-state', 'dissolved-state'];

/**
 * The States and organizations to which the depositary circulates (VCLT 77(1)(e), 78(b)): whoever acted under
 * the treaty, every State that exists on the date, and regional organizations where the clauses let them in.
 * A treaty that is open to some States only says so in words that the register does not hold as data, so for
 * such a treaty the list is too long, never too short.
 */
export function entitledOn(
  record: TreatyRecord,
  participants: ParticipantRegister,
  date: CalendarDate,
): Recipient[] {
  const acted = new Set(
    record.actions.flatMap(({ annulled, current }) =>
      annulled === null && actionKinds[current.kind].family !== 'withdrawal-of-act'
        ? [current.participant]
        : [],
    ),
  );
  const { consent, entryIntoForce } = record.finalClauses;
  const letsOrganizationsIn =
    consent?.reioAfterMember === true || entryIntoForce?.reioInstruments === 'not-counted';
  return Object.values(participants.byCode)
    .filter(
      ({ from, until }) => (from === null || from <= date) && (until === null || date <= until),
    )
    .flatMap(({ code, kind, name, nameFr }): Recipient[] => {
      const because = acted.has(code) ? 'acted' : 'entitled';
      const may = states.includes(kind) || (kind === 'reio' && letsOrganizationsIn);
      return may || because === 'acted' ? [{ code, name, nameFr: nameFr ?? name, because }] : [];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.code < b.code ? -1 : 1));
}
