import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { actionKinds, emptyRecord, evolve, type TreatyEvent, type TreatyRecord } from '#treaty';
import type { Configuration } from '#standalone';
import { openLedger } from './open-ledger.ts';

const heading = [
  'treaty_id',
  'title',
  'iso3',
  'action',
  'date',
  'date_of_instrument',
  'date_of_receipt',
  'date_of_effect',
  'place',
  'text',
  'territory',
  'predecessor',
  'note',
  'source',
  'action_id',
];

/** `ledger export`: every action as it stands now, corrected and without annulled ones, treaty by treaty. */
export async function exportCommand(configuration: Configuration, file: string): Promise<number> {
  const { ledger, close } = await openLedger(configuration);
  try {
    const records = new Map<string, TreatyRecord>();
    for await (const { event, stream } of ledger.read()) {
      if (!stream.startsWith('treaty-')) continue;
      const { treaty } = event as TreatyEvent;
      const record = records.get(treaty) ?? emptyRecord(treaty);
      records.set(treaty, evolve(record, event as TreatyEvent));
    }
    const table = stringify({ escape_formulas: false });
    const out = file === '-' ? process.stdout : createWriteStream(file);
    table.pipe(out, { end: file !== '-' });
    table.write(heading);
    let rows = 0;
    for (const record of records.values())
      for (const line of linesOf(record)) {
        table.write(line);
        rows += 1;
      }
    table.end();
    await finished(file === '-' ? table : out);
    process.stderr.write(`Wrote ${rows} actions of ${records.size} treaties.\n`);
    return 0;
  } finally {
    await close();
  }
}

function linesOf({ treaty, registered, actions }: TreatyRecord): (string | null)[][] {
  return actions
    .filter(({ annulled }) => annulled === null)
    .map(({ current }) => [
      treaty,
      registered?.title ?? '',
      current.participant,
      actionKinds[current.kind].label.toLowerCase(),
      current.date,
      current.dateOfInstrument,
      current.dateOfReceipt,
      current.dateOfEffect,
      current.place,
      current.text,
      current.territory,
      current.predecessor,
      current.note,
      current.source,
      current.action,
    ]);
}
