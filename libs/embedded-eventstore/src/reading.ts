import { dataIn, linkFrame, withStructuredIds } from './event-frame.ts';
import type { CommittedEvent, EventLog } from './event-log.ts';
import type { GrpcCall } from './grpc-call.ts';
import { streamDeleted } from './grpc-status.ts';
import { bytesField, framed, numberField, textField } from './protobuf.ts';
import { readRequest, type ReadRequest } from './requests.ts';
import { serveUnary } from './appending.ts';
import { StoredPages, type StoredEvent } from './stored-pages.ts';
import type { StreamMetadata } from './stream-metadata.ts';

const streamNotFound = (stream: string): Buffer =>
  framed(bytesField(4, bytesField(1, textField(3, stream))));

/** Events of a page of EventStoreDB, which shows in when it says where a stream begins. */
const itsPage = 32;

/** Says where a stream begins, or would go on, to a reader whose first page is empty for that reason. */
function tellFirst(call: GrpcCall, request: ReadRequest, first: number, last: number): void {
  const start = Math.max(request.from, 0);
  const pageEndsBefore = start + Math.min(itsPage, request.count) <= first;
  if (!pageEndsBefore && Math.max(start, first) <= last) return;
  const begins = pageEndsBefore ? first : last + 1;
  if (start !== begins) call.write(framed(numberField(5, begins)));
}

/** Waits one turn of the event loop, so that appends and other calls go on between two pages. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs a subscription until it is over. */
export type Subscribe = (reading: Reading, request: ReadRequest, call: GrpcCall) => Promise<void>;

/** What reads and subscriptions share: the log, its pages, and links. */
export class Reading {
  readonly log: EventLog;
  readonly pages: StoredPages;
  private readonly now: () => number;

  constructor(log: EventLog, pages: StoredPages, now: () => number = Date.now) {
    this.log = log;
    this.pages = pages;
    this.now = now;
  }

  /** Streams/Read: a read; `subscribe` runs a subscription that stays. */
  serve(call: GrpcCall, subscribe: Subscribe): void {
    serveUnary(call, (message) => {
      const request = readRequest(message);
      if (request.stream !== null && this.log.heads.isTombstoned(request.stream))
        throw streamDeleted(request.stream);
      const work = request.subscription ? subscribe(this, request, call) : this.read(request, call);
      work.catch((error: unknown) => call.fail(error));
    });
  }

  /** The bytes to send for an event, its link resolved and its ids in the form asked for. */
  frameFor(event: CommittedEvent, { resolveLinks, structuredIds }: ReadRequest): Buffer {
    const frame =
      resolveLinks && event.type === '$>'
        ? linkFrame(event.frame, this.linked(event)?.frame ?? null, event.position)
        : event.frame;
    return structuredIds ? withStructuredIds(frame) : frame;
  }

  /** The event that a link points at, if it is one that a reader of its stream would see. */
  private linked(link: CommittedEvent): StoredEvent | null {
    const [number, ...name] = dataIn(link.frame).toString().split('@');
    const revision = Number(number);
    const head = this.log.heads.find(name.join('@'));
    if (head === null || this.log.heads.isTombstoned(head.name)) return null;
    const { last, metadata } = head;
    if (!(revision >= this.firstReadable(last, metadata) && revision <= last)) return null;
    const target = this.pages.at(head, revision);
    return target !== null && this.youngEnough(target, metadata) ? target : null;
  }

  /** First revision of a stream that its metadata lets a reader see. */
  firstReadable(last: number, metadata: StreamMetadata): number {
    const byCount = metadata.maxCount === null ? 0 : last - metadata.maxCount + 1;
    return Math.max(byCount, metadata.truncateBefore ?? 0, 0);
  }

  /** Whether an event is young enough for its stream's $maxAge. */
  youngEnough(event: StoredEvent, metadata: StreamMetadata): boolean {
    return metadata.maxAge === null || event.created >= this.now() - metadata.maxAge * 1000;
  }

  private async read(request: ReadRequest, call: GrpcCall): Promise<void> {
    if (request.stream === null) await this.readAll(request, call);
    else await this.readStream(request, request.stream, call);
    call.end();
  }

  private async readAll(request: ReadRequest, call: GrpcCall): Promise<void> {
    const { backwards, filter } = request;
    const last = this.log.lastPosition;
    // Backwards a position is where the read starts from, so the event that stands there is not read again.
    let from = backwards ? Math.min(request.from - 1, last) : Math.max(request.from, 0);
    let left = request.count;
    while (left > 0 && from >= 0 && from <= last && !call.over) {
      const page = this.pages.ofAll(from, backwards, filter === null ? left : Infinity);
      const newest = page.at(-1);
      if (newest === undefined) return;
      const wanted = page
        .filter(
          (event) => event.position <= last && (filter?.matches(event.stream, event.type) ?? true),
        )
        .slice(0, left);
      left -= wanted.length;
      await this.send(
        call,
        wanted.map((event) => this.frameFor(event, request)),
      );
      from = newest.position + (backwards ? -1 : 1);
    }
  }

  private async readStream(request: ReadRequest, stream: string, call: GrpcCall): Promise<void> {
    const head = this.log.heads.find(stream);
    if (head === null || head.last < 0 || head.metadata.truncateBefore === Infinity) {
      call.write(streamNotFound(stream));
      return;
    }
    const { last, metadata } = head;
    const first = this.firstReadable(last, metadata);
    const { backwards } = request;
    // The start is revision 0 in both directions: backwards from there is the first event alone.
    let from = backwards
      ? Math.min(Math.max(request.from, 0), last)
      : Math.max(request.from, first);
    let left = request.count;
    if (request.tellsEnds && !backwards) tellFirst(call, request, first, last);
    while (left > 0 && from >= first && from <= last && !call.over) {
      const page = this.pages.ofStream(head, from, backwards, left);
      const newest = page.at(-1);
      if (newest === undefined) break;
      const wanted = page.filter(
        (event) =>
          event.revision <= last && event.revision >= first && this.youngEnough(event, metadata),
      );
      left -= wanted.length;
      await this.send(
        call,
        wanted.map((event) => this.frameFor(event, request)),
      );
      from = newest.revision + (backwards ? -1 : 1);
    }
    if (request.tellsEnds) call.write(framed(numberField(6, last)));
  }

  /**
   * Sends a page in one write, once the peer took the page before: so the next page is read from the
   * database while the peer still works on this one, and a slow peer costs two pages of memory. Others run
   * in between.
   */
  async send(call: GrpcCall, frames: readonly Buffer[]): Promise<void> {
    await nextTurn();
    await call.drained();
    if (frames.length === 0) return;
    call.write(frames.length === 1 && frames[0] !== undefined ? frames[0] : Buffer.concat(frames));
  }
}
