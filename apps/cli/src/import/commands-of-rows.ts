import {
  actionKindOfWords,
  actionKinds,
  findParticipant,
  isCalendarDate,
  participantOf,
  treatyIdProblem,
  type ActionFamily,
  type CalendarDate,
  type Participant,
  type ParticipantRegister,
  type RecordAction,
} from '#treaty';
import type { Row } from './rows.ts';

/** Why a row says nothing that can be recorded. */
export interface Unreadable {
  readonly code:
    | 'malformed-row'
    | 'invalid-treaty-id'
    | 'unknown-action-word'
    | 'invalid-date'
    | 'unknown-participant';
  readonly sentence: string;
}

export interface ReadableRow {
  readonly row: Row;
  readonly command: RecordAction;
}

/** Everything of a table that concerns one treaty, in the order in which it happened. */
export interface TreatyRows {
  readonly treaty: string;
  readonly title: string;
  readonly source: string;
  readonly rows: readonly ReadableRow[];
}

export interface ReadTable {
  readonly treaties: readonly TreatyRows[];
  readonly unreadable: readonly { readonly row: Row; readonly fault: Unreadable }[];
}

export interface ImportOptions {
  /** Named as the source of rows that name none. */
  readonly fileName: string;
  /** Left out: what the rules speak against is refused instead of recorded as odd. */
  readonly overrideReason?: string | undefined;
}

/** On one day a signature comes before the consent it makes possible, and both before what refers to them. */
const orderOfFamily: Readonly<Record<ActionFamily, number>> = {
  signature: 0,
  'signature-and-consent': 1,
  'provisional-application': 2,
  consent: 3,
  statement: 4,
  territory: 5,
  'withdrawal-of-act': 6,
  'withdrawal-from-treaty': 7,
};

/** Turns a table's rows into commands, treaty by treaty; a row that cannot be read is told, not guessed. */
export function commandsOfRows(
  rows: readonly Row[],
  participants: ParticipantRegister,
  options: ImportOptions,
): ReadTable {
  const byTreaty = new Map<string, ReadableRow[]>();
  const unreadable: { row: Row; fault: Unreadable }[] = [];
  for (const row of rows) {
    const read = commandOf(row, participants, options);
    if ('sentence' in read) unreadable.push({ row, fault: read });
    else {
      const known = byTreaty.get(row.treaty);
      if (known === undefined) byTreaty.set(row.treaty, [{ row, command: read }]);
      else known.push({ row, command: read });
    }
  }
  const treaties = [...byTreaty].map(([treaty, readable]): TreatyRows => {
    const { title = '', source = '' } = readable[0]?.row ?? {};
    return {
      treaty,
      title: title === '' ? treaty : title,
      source: source === '' ? options.fileName : source,
      rows: readable.toSorted(inOrder),
    };
  });
  return { treaties, unreadable };
}

function inOrder(a: ReadableRow, b: ReadableRow): number {
  if (a.command.date !== b.command.date) return a.command.date < b.command.date ? -1 : 1;
  const rank = ({ command }: ReadableRow): number =>
    orderOfFamily[actionKinds[command.kind].family];
  return rank(a) - rank(b) || a.row.line - b.row.line;
}

function commandOf(
  row: Row,
  participants: ParticipantRegister,
  { fileName, overrideReason }: ImportOptions,
): RecordAction | Unreadable {
  if (row.malformed !== null) return { code: 'malformed-row', sentence: row.malformed };
  const idProblem = treatyIdProblem(row.treaty);
  if (idProblem !== null)
    return { code: 'invalid-treaty-id', sentence: `The treaty's id ${idProblem}.` };
  const kind = actionKindOfWords(row.action);
  if (kind === null)
    return {
      code: 'unknown-action-word',
      sentence: `"${shown(row.action)}" names no kind of action; write one of the words of the glossary, such as ratification.`,
    };
  const participant = participantOfRow(row, participants);
  if (participant === null)
    return {
      code: 'unknown-participant',
      sentence: `No participant is known as ${[row.code, row.participant].filter(Boolean).map(shown).join(' or ')}; register it first, or write its ISO 3166-1 alpha-3 code.`,
    };
  const dates = ['date', 'dateOfInstrument', 'dateOfReceipt', 'dateOfEffect'] as const;
  for (const column of dates) {
    if ((column === 'date' || row[column] !== '') && !isCalendarDate(row[column]))
      return {
        code: 'invalid-date',
        sentence: `"${shown(row[column])}" in ${column} is no calendar date; write it as 2026-01-31.`,
      };
  }
  return {
    type: 'recordAction',
    treaty: row.treaty,
    kind,
    participant: participant.code,
    date: row.date as CalendarDate,
    dateOfInstrument: dateOrNull(row.dateOfInstrument),
    dateOfReceipt: dateOrNull(row.dateOfReceipt),
    dateOfEffect: dateOrNull(row.dateOfEffect),
    place: textOrNull(row.place),
    text: textOrNull(row.text),
    territory: textOrNull(row.territory),
    predecessor: textOrNull(row.predecessor),
    note: noteOf(row, actionKinds[kind].label),
    source: row.source === '' ? fileName : row.source,
    overrideReason,
  };
}

/** A code that is known wins over a name; a territory's row often has only its name. */
function participantOfRow(row: Row, participants: ParticipantRegister): Participant | null {
  const byCode = row.code === '' ? null : participantOf(participants, row.code.toUpperCase());
  if (byCode !== null) return byCode;
  return row.participant === '' ? null : findParticipant(participants, row.participant);
}

/** The table's own words are kept where they say more than the kind of action does. */
function noteOf(row: Row, label: string): string | null {
  const words = row.action.toLowerCase().replaceAll(/\s+/g, ' ');
  const own = words === label.toLowerCase() ? '' : `In the table: "${row.action}".`;
  const note = [row.note, own].filter((part) => part !== '').join(' ');
  return note === '' ? null : note;
}

const dateOrNull = (text: string): CalendarDate | null =>
  text === '' ? null : (text as CalendarDate);
const textOrNull = (text: string): string | null => (text === '' ? null : text);
const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}...` : text);
