import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { AnyEvent } from '#ledger';
import { calendarDate, type Recorded } from '#treaty';
import { LiveEvents } from './live-events.ts';
import { StreamListener } from './stream-listener.ts';

const eventAt = (position: number): Recorded<AnyEvent> => ({
  event: {
    type: 'textRectified',
    treaty: 'XVIII-16',
    date: calendarDate('2026-11-20'),
    text: `${position}`,
  },
  id: `id-${position}`,
  stream: 'treaty-XVIII-16',
  revision: position,
  position: String(position),
  recordedAt: '2026-11-20T00:00:00.000Z',
  actor: 'officer',
});

/** A connection that is full after every so many writes, until a test drains it. */
class Connection extends EventEmitter {
  text = '';
  readonly received: number[] = [];
  writableNeedDrain = false;
  private writes = 0;

  constructor(private readonly fullEvery: number) {
    super();
  }

  write(chunk: Buffer | string): boolean {
    this.text += chunk.toString();
    const id = /^id: (\d+)\ndata/.exec(chunk.toString())?.[1];
    if (id !== undefined) this.received.push(Number(id));
    this.writes += 1;
    this.writableNeedDrain = this.writes % this.fullEvery === 0;
    return !this.writableNeedDrain;
  }

  drain(): void {
    if (!this.writableNeedDrain) return;
    this.writableNeedDrain = false;
    this.emit('drain');
  }

  end = jest.fn();
  destroy = jest.fn();
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a listener of the stream', () => {
  it('is sent each event once and in order, whatever is at hand, live, or full, from any position', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 2500 }),
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 8 }),
        async (fullEvery, after, bursts) => {
          const live = new LiveEvents();
          const stored: Recorded<AnyEvent>[] = [];
          const record = (): void => {
            const event = eventAt(stored.length + 1);
            stored.push(event);
            live.publish(event, stored.length === 1 ? null : String(stored.length - 1));
          };
          for (let n = 0; n < 2500; n += 1) record();
          const readPage = async (from: string | null, count: number) => {
            await settle();
            const events = stored.slice(Number(from), Number(from) + count);
            return { events, upTo: events.at(-1)?.position ?? null };
          };
          const connection = new Connection(fullEvery);
          const listener = new StreamListener(
            connection as unknown as ServerResponse,
            { ledger: { readPage }, live, head: () => BigInt(stored.length) },
            null,
            BigInt(after),
          );
          const running = listener.run();
          for (const burst of bursts) {
            for (let n = 0; n < burst; n += 1) record();
            await settle();
            connection.drain();
          }
          const due = stored.slice(after).map(({ position }) => Number(position));
          while (connection.received.length < due.length) {
            await settle();
            connection.drain();
          }
          listener.close();
          await running;
          expect(connection.received).toStrictEqual(due);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('gets signs of life that carry its position, and none while its connection is full', async () => {
    const live = new LiveEvents();
    const connection = new Connection(2);
    const listener = new StreamListener(
      connection as unknown as ServerResponse,
      { ledger: { readPage: () => Promise.reject(new Error('not asked')) }, live, head: () => 7n },
      () => false,
      7n,
    );
    const running = listener.run();
    await settle();
    live.publish(eventAt(8), '7');
    listener.beat();
    expect(connection.text).toBe(':\nid: 8\n\n');
    connection.write('filled up');
    const before = connection.text;
    listener.beat();
    expect(connection.text).toBe(before);
    connection.emit('close');
    await running;
    expect(connection.end).toHaveBeenCalledTimes(1);
  });

  it('is dropped when it does not read for half a minute', async () => {
    jest.useFakeTimers();
    try {
      const live = new LiveEvents();
      const connection = new Connection(1);
      const listener = new StreamListener(
        connection as unknown as ServerResponse,
        {
          ledger: { readPage: () => Promise.reject(new Error('not asked')) },
          live,
          head: () => 1n,
        },
        null,
        1n,
      );
      const running = listener.run();
      live.publish(eventAt(2), '1');
      await jest.advanceTimersByTimeAsync(29_000);
      expect(connection.destroy).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(2000);
      await running;
      expect(connection.destroy).toHaveBeenCalledTimes(1);
    } finally {
      jest.useRealTimers();
    }
  });
});
