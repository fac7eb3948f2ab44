import {
  actionKinds,
  actionsOn,
  findParticipant,
  type ActionKind,
  type CalendarDate,
  type ParticipantRegister,
  type TreatyRecord,
} from '#treaty';

/** One act as a status file from elsewhere has it. */
export interface StatusEntry {
  /** Where it stands there: `line 12`, `row 3, column 2`. */
  readonly where: string;
  /** Name or code as written, footnote marks taken off. */
  readonly participant: string;
  readonly kind: ActionKind;
  readonly date: CalendarDate;
  /** Footnote marks that stood with it: they may explain a difference. */
  readonly footnotes: readonly string[];
}

export type DifferenceKind =
  'missing-here' | 'missing-there' | 'other-date' | 'other-kind' | 'unknown-participant';

export interface Difference {
  readonly difference: DifferenceKind;
  readonly participant: string;
  readonly here: {
    readonly kind: ActionKind;
    readonly date: CalendarDate;
    readonly action: string;
  } | null;
  readonly there: Omit<StatusEntry, 'participant'> | null;
}

export interface Reconciliation {
  readonly treaty: string;
  /** Acts that are the same on both sides. */
  readonly agreed: number;
  readonly differences: readonly Difference[];
}

/** A status table has a column for signatures and one for consent; denunciations stand in notes or rows. */
const columnOf = (kind: ActionKind): 'signature' | 'consent' | 'leaving' | null => {
  const { family } = actionKinds[kind];
  if (family === 'signature') return 'signature';
  if (family === 'consent' || family === 'signature-and-consent') return 'consent';
  return family === 'withdrawal-from-treaty' ? 'leaving' : null;
};

interface Here {
  readonly kind: ActionKind;
  readonly date: CalendarDate;
  readonly action: string;
}

/**
 * What differs between the ledger's record of a treaty and a status file from elsewhere. Only acts that a
 * status table shows are compared: signatures, consents to be bound, and notices of leaving. Pure.
 * @param asOf the day of the file; acts after it are not missing there
 */
export function reconcile(
  record: TreatyRecord,
  participants: ParticipantRegister,
  entries: readonly StatusEntry[],
  asOf: CalendarDate,
): Reconciliation {
  const here = Map.groupBy(
    actionsOn(record, asOf).filter(({ kind }) => columnOf(kind) !== null),
    ({ participant }) => participant,
  );
  const there = new Map<string, StatusEntry[]>();
  const differences: Difference[] = [];
  for (const entry of entries) {
    if (columnOf(entry.kind) === null) continue;
    const code = findParticipant(participants, entry.participant)?.code;
    if (code === undefined)
      differences.push({
        difference: 'unknown-participant',
        participant: entry.participant,
        here: null,
        there: thereOf(entry),
      });
    else there.set(code, [...(there.get(code) ?? []), entry]);
  }
  let agreed = 0;
  for (const code of new Set([...here.keys(), ...there.keys()])) {
    const ours = (here.get(code) ?? []).map(({ kind, date, action }) => ({ kind, date, action }));
    const compared = compare(code, ours, there.get(code) ?? []);
    agreed += compared.agreed;
    differences.push(...compared.differences);
  }
  const rank = (one: Difference): string =>
    `${one.participant} ${one.here?.date ?? one.there?.date ?? ''}`;
  return {
    treaty: record.treaty,
    agreed,
    differences: differences.toSorted((a, b) => rank(a).localeCompare(rank(b))),
  };
}

const thereOf = ({ where, kind, date, footnotes }: StatusEntry): Difference['there'] => ({
  where,
  kind,
  date,
  footnotes,
});

/** Pairs the acts of one participant, the surest pairs first: each act is in one pair at most. */
function compare(
  participant: string,
  here: readonly Here[],
  there: readonly StatusEntry[],
): { agreed: number; differences: Difference[] } {
  const ours = new Set(here);
  const theirs = new Set(there);
  let agreed = 0;
  const differences: Difference[] = [];
  const pair = (
    fits: (a: Here, b: StatusEntry) => boolean,
    difference: DifferenceKind | null,
  ): void => {
    for (const a of ours) {
      const b = [...theirs].find((one) => fits(a, one));
      if (b === undefined) continue;
      ours.delete(a);
      theirs.delete(b);
      if (difference === null) agreed += 1;
      else differences.push({ difference, participant, here: a, there: thereOf(b) });
    }
  };
  const sameColumn = (a: Here, b: StatusEntry): boolean => columnOf(a.kind) === columnOf(b.kind);
  pair((a, b) => a.kind === b.kind && a.date === b.date, null);
  pair((a, b) => sameColumn(a, b) && a.date === b.date, 'other-kind');
  pair((a, b) => a.kind === b.kind, 'other-date');
  for (const a of ours)
    differences.push({ difference: 'missing-there', participant, here: a, there: null });
  for (const b of theirs)
    differences.push({ difference: 'missing-here', participant, here: null, there: thereOf(b) });
  return { agreed, differences };
}
