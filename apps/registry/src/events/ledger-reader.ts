import { Injectable } from '@nestjs/common';
import { Ledger } from '#ledger';
import { eventLine } from './public-event.ts';

/** Events asked of the store at once: a page of the UN's actions is some 200 kB. */
const readAtOnce = 500;
/** A page ends early when it has become this large, in bytes. */
const pageBytes = 4 * 1024 * 1024;

/** A page of the ledger as lines. */
export interface LinesPage {
  readonly lines: string;
  /** Position and id of its last event; those asked after where it has none. */
  readonly last: string;
  readonly lastId: string;
  /** Whether it is full: asked again, it is the same for ever. */
  readonly closed: boolean;
}

/** Reads the ledger in order for everyone, never more than a page at a time. */
@Injectable()
export class LedgerReader {
  constructor(private readonly ledger: Ledger) {}

  /** All lines after one position up to another, as fast as they are taken. */
  async *lines(after: string, upTo: string): AsyncGenerator<Buffer> {
    const end = BigInt(upTo);
    let at = after;
    while (BigInt(at) < end) {
      const page = await this.ledger.readPage(at, readAtOnce);
      const lines = page.events
        .filter(({ position }) => BigInt(position) <= end)
        .map(eventLine)
        .join('');
      if (lines !== '') yield Buffer.from(lines);
      if (page.upTo === null) return;
      at = page.upTo;
    }
  }

  /** At most `limit` lines after a position, none after `upTo`. */
  async page(after: string, limit: number, upTo: string): Promise<LinesPage> {
    const end = BigInt(upTo);
    const lines: string[] = [];
    let bytes = 0;
    let last = after;
    let lastId = '';
    let at = after;
    while (BigInt(at) < end) {
      const page = await this.ledger.readPage(at, Math.min(readAtOnce, limit));
      for (const recorded of page.events) {
        if (BigInt(recorded.position) > end) break;
        const line = eventLine(recorded);
        lines.push(line);
        bytes += line.length;
        last = recorded.position;
        lastId = recorded.id;
        if (lines.length === limit || bytes > pageBytes)
          return { lines: lines.join(''), last, lastId, closed: true };
      }
      if (page.upTo === null) break;
      at = page.upTo;
    }
    return { lines: lines.join(''), last, lastId, closed: false };
  }
}
