import type { Occurrence } from '../occurrences/occurrence.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';

/** The reason of an active subscriber to whom nothing could be told by our own fault. */
export const ownFault = 'register';

/** What an attempt to tell a subscriber came to. */
export type Answer =
  | { readonly outcome: 'delivered'; readonly code: number }
  | {
      readonly outcome: 'failed';
      readonly code: number | null;
      /** One sentence, without any address. */
      readonly detail: string;
      /** Milliseconds that the receiver asked to wait. */
      readonly retryAfter: number | null;
      /** The register could not tell it by its own fault: the receiver is not paused for it. */
      readonly isOwnFault?: true;
    }
  /** The receiver wants nothing more, ever; `stopped` says that nobody may resume it. */
  | {
      readonly outcome: 'gone';
      readonly code: number;
      readonly detail: string;
      readonly state: 'stopped' | 'paused';
      readonly reason: string;
    };

/** A way to tell a subscriber: webhook or mail. */
export interface Channel {
  /** How many it tells at the same moment, where that is fewer than there are; 0: this process tells nobody by it. */
  readonly atOnce?: number;
  /** Tells it of occurrences; more than one only where it asked for a digest. Never throws. */
  deliver(
    subscriber: SubscriberRow,
    occurrences: readonly [Occurrence, ...Occurrence[]],
  ): Promise<Answer>;
}

export type Channels = Readonly<Record<SubscriberRow['channel'], Channel>>;
