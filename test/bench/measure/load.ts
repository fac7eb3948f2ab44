import { connect, type Socket } from 'node:net';

/** What a load was answered with. */
export interface Load {
  readonly perSecond: number;
  /** Milliseconds of each request. */
  readonly times: readonly number[];
}

const headEnd = Buffer.from('\r\n\r\n');

/** Takes one answer after another off a connection, by their Content-Length. */
class Answers {
  private held: Buffer = Buffer.alloc(0);
  private missing = -1;

  private readonly onAnswer: () => void;

  constructor(onAnswer: () => void) {
    this.onAnswer = onAnswer;
  }

  take(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.missing < 0) {
        this.held = this.held.length === 0 ? rest : Buffer.concat([this.held, rest]);
        const end = this.held.indexOf(headEnd);
        if (end < 0) return;
        const head = this.held.toString('latin1', 0, end);
        if (!head.startsWith('HTTP/1.1 200')) throw new Error(`Not answered: ${head}`);
        this.missing = Number(/content-length: (\d+)/i.exec(head)?.[1]);
        rest = this.held.subarray(end + 4);
        this.held = Buffer.alloc(0);
      }
      const taken = Math.min(this.missing, rest.length);
      this.missing -= taken;
      rest = rest.subarray(taken);
      if (this.missing > 0) return;
      this.missing = -1;
      this.onAnswer();
    }
  }
}

/**
 * Asks over so many connections, one request after another on each, for so many seconds or until there is
 * nothing more to ask. It does as little as it can itself: bytes are counted and not read.
 */
export function load(
  address: string,
  paths: Iterable<string>,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Load> {
  const { hostname, port } = new URL(address);
  const next = paths[Symbol.iterator]();
  const times: number[] = [];
  const begun = performance.now();
  const until = begun + seconds * 1000;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket: Socket = connect(Number(port), hostname);
      let asked = 0;
      const ask = (): void => {
        const path = performance.now() < until ? next.next() : { done: true as const };
        if (path.done === true) {
          socket.end();
          resolve();
          return;
        }
        asked = performance.now();
        socket.write(`GET ${path.value} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
      };
      const answers = new Answers(() => {
        times.push(performance.now() - asked);
        ask();
      });
      socket.setNoDelay(true);
      socket.on('connect', ask);
      socket.on('data', (chunk: Buffer) => answers.take(chunk));
      socket.on('error', reject);
    });
  return Promise.all(Array.from({ length: connections }, one)).then(() => ({
    perSecond: times.length / ((performance.now() - begun) / 1000),
    times,
  }));
}

/** The same path for ever. */
export function* always(path: string): Generator<string> {
  for (;;) yield path;
}
