import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The folded views at a position. */
export interface Snapshot {
  /** Names and versions of the views: another set means another snapshot. */
  readonly views: string;
  readonly position: string;
  /** Id of the event at that position: tells one ledger from another. */
  readonly eventId: string;
  readonly states: readonly unknown[];
}

/** Writes a snapshot whole or not at all: a draft beside it, on disk, then renamed over the old one. */
export function writeSnapshot(file: string, snapshot: Snapshot): void {
  const body = JSON.stringify(snapshot);
  const checksum = createHash('sha256').update(body).digest('hex');
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  const descriptor = openSync(draft, 'w');
  writeSync(descriptor, `${checksum}\n`);
  writeSync(descriptor, body);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(draft, file);
}

/** The snapshot, or null when there is none that can be trusted: then the ledger is read from its beginning. */
export function readSnapshot(file: string, views: string): Snapshot | null {
  try {
    const text = readFileSync(file, 'utf8');
    const line = text.indexOf('\n');
    const body = text.slice(line + 1);
    if (createHash('sha256').update(body).digest('hex') !== text.slice(0, line)) return null;
    const snapshot = JSON.parse(body) as Snapshot;
    return snapshot.views === views ? snapshot : null;
  } catch {
    return null;
  }
}
