import { parse } from 'csv-parse/sync';
import { actionKindOfWords, findParticipant, type ParticipantRegister } from '#treaty';
import type { InEveryLanguage } from '#pages';
import type { ActDraft } from './case-content.ts';
import type { FormFault } from './due-form.ts';

/** Signatures of one ceremony at most: more States than there are. */
export const mostSignatures = 400;

export interface SignaturesRead {
  readonly acts: readonly ActDraft[];
  /** By row, from 1 for the first below the heading: `rows[3].participant`. */
  readonly faults: readonly FormFault[];
  /** Why nothing of the table could be read; null when rows were. */
  readonly unusable: InEveryLanguage<string> | null;
}

const columns: Readonly<Record<string, keyof ActDraft>> = {
  participant: 'participant',
  state: 'participant',
  iso3: 'participant',
  code: 'participant',
  kind: 'kind',
  action: 'kind',
  date: 'date',
  place: 'place',
  signatory: 'note',
  note: 'note',
  overridereason: 'overrideReason',
};

const unusable = (detail: string, inFrench: string): SignaturesRead => ({
  acts: [],
  faults: [{ field: 'table', detail }],
  unusable: { en: `The table ${detail}.`, fr: `Le tableau ${inFrench}.` },
});

/**
 * The signatures of a ceremony from a table with a heading: a participant by any name or code, and what differs
 * from the day and place of the ceremony. Rows that cannot be read stay as they are, each with its fault.
 */
export function readSignatures(
  table: string,
  participants: ParticipantRegister,
  ceremony: { readonly date: string; readonly place: string | null },
): SignaturesRead {
  let rows: string[][];
  try {
    rows = parse(table, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return unusable(
      `cannot be read as CSV: ${why}`,
      `ne peut pas être lu comme CSV (en anglais : « ${why} »)`,
    );
  }
  const [heading = [], ...lines] = rows;
  const names = heading.map((name) => columns[name.toLowerCase().replaceAll(/[\s_-]/g, '')]);
  const unknown = heading.filter((_, index) => names[index] === undefined);
  const strangers = unknown.join(', ').slice(0, 100);
  if (!names.includes('participant') || unknown.length > 0)
    return unusable(
      `needs a heading with participant, and may have kind, date, place, signatory, overrideReason${strangers === '' ? '' : `; it does not take ${strangers}`}`,
      `a besoin d’un en-tête avec participant, et admet kind, date, place, signatory, overrideReason${strangers === '' ? '' : ` ; il n’admet pas ${strangers}`}`,
    );
  if (lines.length > mostSignatures)
    return unusable(
      `has ${lines.length} rows; ${mostSignatures} at most`,
      `a ${lines.length} lignes ; ${mostSignatures} au plus`,
    );
  const faults: FormFault[] = [];
  const acts = lines.map((cells, index): ActDraft => {
    const fault = (field: string, detail: string): void => {
      faults.push({ field: `rows[${index + 1}].${field}`, detail });
    };
    if (cells.length !== heading.length)
      fault('participant', `has ${cells.length} cells, the heading ${heading.length}`);
    const read: Record<string, string> = {};
    for (const [place, name] of names.entries())
      if (name !== undefined && (cells[place] ?? '') !== '') read[name] = cells[place] ?? '';
    const found = findParticipant(participants, read['participant'] ?? '');
    if (found === null)
      fault('participant', `"${(read['participant'] ?? '').slice(0, 60)}" is no participant`);
    const kind = actionKindOfWords(read['kind'] ?? 'signature');
    if (kind === null) fault('kind', `"${(read['kind'] ?? '').slice(0, 60)}" is no kind of action`);
    return {
      place: ceremony.place,
      date: ceremony.date,
      ...read,
      kind: kind ?? read['kind'] ?? null,
      participant: found?.code ?? read['participant'] ?? null,
    };
  });
  return { acts, faults, unusable: null };
}
