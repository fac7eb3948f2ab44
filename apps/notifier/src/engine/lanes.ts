import type { SubscriberRow } from '../subscribers/tables.ts';

/**
 * Subscribers are told in lanes, so that nobody waits for those of another. `quick`: webhooks. `apart`: webhooks that
 * failed last time, or whose host is slow or has very many; they may take as long as they like. `mail`: our own
 * mail server takes few messages at a time.
 */
export type LaneName = 'quick' | 'apart' | 'mail';

/** How many of a lane may be told at the same moment, of one host among them, and be leased ahead of that. */
export interface LaneBounds {
  readonly telling: number;
  readonly ofHost: number;
  readonly leased: number;
}

/** A place in a lane, while one is told. */
export interface Slot {
  /** Gives it to the next. Doing it again changes nothing. */
  free(): void;
}

type Resolve = (slot: Slot | null) => void;

/** Who is leased in one lane, who of them is told, and who waits for a slot. */
export class Lane {
  readonly name: LaneName;
  private readonly bounds: LaneBounds;
  private readonly leasedOf = new Map<string, number>();
  private readonly tellingOf = new Map<string, number>();
  /** Who waits for a slot, by host; the host that was served longest ago comes first. */
  private readonly waiting = new Map<string, Resolve[]>();
  private leased = 0;
  telling = 0;

  constructor(name: LaneName, bounds: LaneBounds) {
    this.name = name;
    this.bounds = bounds;
  }

  /** How many more may be leased: none until there is room for many, because one write leases them. */
  get room(): number {
    const { leased, telling } = this.bounds;
    return this.leased > leased - telling ? 0 : leased - this.leased;
  }

  /** One more was leased. Answers whether its host holds more than half of the lane. */
  lease({ host_name: host }: Pick<SubscriberRow, 'host_name'>): boolean {
    this.leased += 1;
    return count(this.leasedOf, host, 1) > this.bounds.leased / 2;
  }

  /** One that was leased is given back. */
  giveBack({ host_name: host }: Pick<SubscriberRow, 'host_name'>): void {
    this.leased -= 1;
    count(this.leasedOf, host, -1);
  }

  /** A slot for one of a host, once there is one; null: its host is told apart from now on. */
  slot(host: string): Promise<Slot | null> {
    const { promise, resolve } = Promise.withResolvers<Slot | null>();
    const queue = this.waiting.get(host);
    if (queue === undefined) this.waiting.set(host, [resolve]);
    else queue.push(resolve);
    this.fill();
    return promise;
  }

  /** Lets nobody of a host wait here any longer. */
  turnAway(host: string): void {
    const away = this.waiting.get(host) ?? [];
    this.waiting.delete(host);
    for (const resolve of away) resolve(null);
  }

  private fill(): void {
    const { telling, ofHost } = this.bounds;
    for (const [host, queue] of this.waiting) {
      if (this.telling >= telling) return;
      if ((this.tellingOf.get(host) ?? 0) >= ofHost) continue;
      // To the end of the hosts that wait, or off it: the map goes on to it once more in this loop.
      this.waiting.delete(host);
      const next = queue.shift();
      if (queue.length > 0) this.waiting.set(host, queue);
      next?.(this.taken(host));
    }
  }

  private taken(host: string): Slot {
    this.telling += 1;
    count(this.tellingOf, host, 1);
    let isTaken = true;
    return {
      free: () => {
        if (!isTaken) return;
        isTaken = false;
        this.telling -= 1;
        count(this.tellingOf, host, -1);
        this.fill();
      },
    };
  }
}

function count(counts: Map<string, number>, host: string, change: 1 | -1): number {
  const now = (counts.get(host) ?? 0) + change;
  if (now === 0) counts.delete(host);
  else counts.set(host, now);
  return now;
}

/** An answer that takes longer is slow, in milliseconds. */
const slowAfter = 2000;
/** How long a host stays apart after the last reason for it. */
const apartFor = 60_000;
const mostApart = 500;

/** Hosts that are told apart from others, because they are slow or have very many. By keyed name, never in clear. */
export class HostsApart {
  private readonly until = new Map<string, number>();
  private readonly setApart: (host: string) => void;

  /** @param setApart told of a host that is apart from now on */
  constructor(setApart: (host: string) => void) {
    this.setApart = setApart;
  }

  /** Tells one of a host apart for a while. */
  add(host: string): void {
    const isNew = !this.has(host);
    this.until.delete(host);
    this.until.set(host, performance.now() + apartFor);
    const [oldest] = this.until.keys();
    if (this.until.size > mostApart && oldest !== undefined) this.until.delete(oldest);
    if (isNew) this.setApart(host);
  }

  has(host: string): boolean {
    return (this.until.get(host) ?? 0) > performance.now();
  }

  /** Watches one that is told. Call what it answers when the answer is there. */
  watch(host: string): () => void {
    const timer = setTimeout(() => this.add(host), slowAfter);
    return () => clearTimeout(timer);
  }
}
