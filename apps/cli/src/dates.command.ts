import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { catalogueOfTreaty, type CatalogueEntry } from '#catalogue';
import type { Configuration } from '#standalone';
import {
  entryIntoForceOf,
  participantOf,
  type CalendarDate,
  type EntryIntoForce,
  type TreatyRecord,
} from '#treaty';
import { applyToStates, emptyStates, inMtdsgOrder, treatyKnown, type KnownTreaty } from '#views';
import { openLedger } from './open-ledger.ts';

interface DateRow {
  readonly treaty: string;
  readonly title: string;
  readonly state: string;
  readonly computed: string;
  readonly official: string;
  readonly agrees: 'yes' | 'no' | 'not known';
  readonly why: string;
}

/**
 * `ledger dates`: for every treaty with a rule the computed date of entry into force, beside the official one
 * where it is known, and why they differ.
 * @returns 0
 */
export async function datesCommand(configuration: Configuration, file: string): Promise<number> {
  const { ledger, today, close } = await openLedger(configuration);
  const states = emptyStates();
  try {
    for await (const event of ledger.read()) applyToStates(states, event);
  } finally {
    await close();
  }
  const rows = [...states.treaties.byId.keys()].toSorted(inMtdsgOrder).flatMap((treaty) => {
    const known = treatyKnown(states, treaty, { asOf: today, asKnownAt: null });
    return known === null || known.record.finalClauses.entryIntoForce === null
      ? []
      : [dateRow(known, today)];
  });
  const output = file === '-' ? process.stdout : createWriteStream(file);
  await pipeline(rows, stringify({ header: true }), output, { end: file !== '-' });
  const agreeing = rows.filter(({ agrees }) => agrees === 'yes').length;
  const differing = rows.filter(({ agrees }) => agrees === 'no').length;
  process.stderr.write(
    `${rows.length} treaties with a rule: ${agreeing} agree with the official date, ${differing} differ (each says why), of ${rows.length - agreeing - differing} no official date is known here.\n`,
  );
  return 0;
}

function dateRow(known: KnownTreaty, asOf: CalendarDate): DateRow {
  const { record, participants, elsewhere } = known;
  const entry = catalogueOfTreaty(record.treaty);
  const answer = entryIntoForceOf(record, participants, { asOf, elsewhere });
  const official = answer.officialDate?.date ?? entry?.history?.dateOfEntryIntoForce ?? '';
  const computed = answer.computedDate ?? '';
  const agrees = official === '' ? 'not known' : official === computed ? 'yes' : 'no';
  return {
    treaty: record.treaty,
    title: record.registered?.title ?? '',
    state: answer.state,
    computed,
    official,
    agrees,
    why: agrees === 'yes' ? '' : whyNot(known, answer, entry),
  };
}

/** Why the record does not lead to the official date, or to any. */
function whyNot(
  { record, participants, elsewhere }: KnownTreaty,
  answer: EntryIntoForce,
  entry: CatalogueEntry | null,
): string {
  const said = answer.conditions.filter(({ met }) => met === null).map(({ sentence }) => sentence);
  const last = entry?.history?.lastInstrument ?? null;
  if (last !== null && answer.required !== null) {
    const then = entryIntoForceOf(record, participants, { asOf: last, elsewhere });
    const short = answer.required - then.counted;
    if (short > 0)
      said.push(
        `By ${last}, when the last instrument needed was deposited, the record has ${then.counted} of ${answer.required} counted instruments: ${short} missing.`,
        ...lacking(record, participants, last),
        ...endsBefore(record, last),
      );
  }
  if (entry?.history?.differs != null) said.push(entry.history.differs);
  if (said.length > 0) return said.join(' ');
  if (answer.missing !== null) return answer.missing;
  const decisive = answer.countedInstruments[(answer.required ?? 0) - 1]?.dateOfDeposit;
  const doubt = decisive === undefined ? [] : lacking(record, participants, decisive);
  return [...answer.steps, ...doubt].join(' ');
}

/** A status table shows a dissolved State's successors in its place: what they took over is missing. */
function lacking(
  record: TreatyRecord,
  participants: KnownTreaty['participants'],
  on: CalendarDate,
): string[] {
  const absent = predecessorsAbsent(record, participants, on);
  return absent.length === 0
    ? []
    : [
        `It lacks the instruments, if any, of States that existed by then: ${absent.join(', ')}; with them the date may be earlier.`,
      ];
}

/** A table may have been made before the last instrument came. */
function endsBefore({ actions }: TreatyRecord, last: CalendarDate): string[] {
  const newest = actions
    .map(({ current }) => current.date)
    .toSorted()
    .at(-1);
  return newest !== undefined && newest < last
    ? [`Its newest act is of ${newest}: the table was made before.`]
    : [];
}

/** Predecessors of participants that acted, between adoption and a date, whose own acts the record lacks. */
function predecessorsAbsent(
  record: TreatyRecord,
  participants: KnownTreaty['participants'],
  on: CalendarDate,
): string[] {
  const acting = new Set(record.actions.map(({ current }) => current.participant));
  const before = [...acting].flatMap(
    (code) => participantOf(participants, code)?.predecessors ?? [],
  );
  return [...new Set(before)]
    .filter((code) => {
      const { from = null, until = null } = participantOf(participants, code) ?? {};
      const adopted = record.registered?.dateOfAdoption ?? on;
      const existed = (from === null || from <= on) && (until === null || adopted <= until);
      return existed && !acting.has(code);
    })
    .toSorted();
}
