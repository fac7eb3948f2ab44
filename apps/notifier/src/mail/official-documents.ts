import { createHash } from 'node:crypto';
import {
  notificationFileName,
  notificationPdf,
  type Language,
  type NotificationDocument,
} from '#pages';
import { notificationDocument, type ViewStates } from '#views';
import type { Occurrence } from '../occurrences/occurrence.ts';

/** A file in a mail. */
export interface Attachment {
  readonly filename: string;
  readonly content: Buffer;
  readonly contentType: string;
}

/** What goes with a message about notifications. */
export interface Attached {
  readonly attachments: readonly Attachment[];
  /** Numbers of notifications whose document is not attached: with it the message would be too large. */
  readonly leftOut: ReadonlySet<string>;
}

export interface AttachmentLimits {
  /** Documents in one message. */
  readonly documents: number;
  /** Bytes of all documents in one message: in mail they take a third more, and many servers stop at 10 MB. */
  readonly bytes: number;
  /** Bytes of documents that are kept for the next subscriber. */
  readonly kept: number;
}

export const attachmentLimits: AttachmentLimits = {
  documents: 40,
  bytes: 5_000_000,
  kept: 16_000_000,
};

type Make = (document: NotificationDocument, language: Language) => Promise<Buffer>;

interface Kept {
  readonly made: Promise<Buffer>;
  bytes: number;
}

/** The number of the notification that an occurrence tells of; null: it tells of something else. */
export function notificationOf({ what, recorded }: Occurrence): string | null {
  const event = what === 'notification' ? recorded?.event : undefined;
  return event?.type === 'depositaryNotificationIssued' ? event.notification : null;
}

/** Nothing attached: the message tells where every document is. */
export const noneAttached = (occurrences: readonly Occurrence[]): Attached => ({
  attachments: [],
  leftOut: new Set(occurrences.flatMap((one) => notificationOf(one) ?? [])),
});

/**
 * The PDFs that the register serves for notifications, for mails about them. Each is made once for all subscribers
 * who read a language, and again only when a corrigendum changed what it says. They are made one after the other
 * with a pause between: one takes some 50 ms, in which this process does nothing else.
 */
export class OfficialDocuments {
  private readonly limits: AttachmentLimits;
  private readonly make: Make;
  /** The one asked for last stands last. */
  private readonly kept = new Map<string, Kept>();
  private keptBytes = 0;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(limits = attachmentLimits, make: Make = notificationPdf) {
    this.limits = limits;
    this.make = make;
  }

  /**
   * The documents of the notifications among occurrences, in their order, up to the limits.
   * @throws Error when a document cannot be made
   */
  async attachedTo(
    occurrences: readonly Occurrence[],
    states: ViewStates,
    language: Language,
  ): Promise<Attached> {
    const attachments: Attachment[] = [];
    const leftOut = new Set<string>();
    let left = this.limits.bytes;
    for (const notification of occurrences.flatMap((one) => notificationOf(one) ?? [])) {
      const document = notificationDocument(states, notification, language);
      if (document === null || attachments.length >= this.limits.documents) {
        leftOut.add(notification);
        continue;
      }
      const content = await this.pdfOf(document, language);
      if (content.length > left) {
        leftOut.add(notification);
        continue;
      }
      left -= content.length;
      const filename = notificationFileName(notification, language);
      attachments.push({ filename, content, contentType: 'application/pdf' });
    }
    return { attachments, leftOut };
  }

  private pdfOf(document: NotificationDocument, language: Language): Promise<Buffer> {
    const said = createHash('sha256').update(JSON.stringify(document)).digest('base64url');
    const key = `${language} ${said}`;
    const held = this.kept.get(key) ?? this.begun(key, document, language);
    this.kept.delete(key);
    this.kept.set(key, held);
    return held.made;
  }

  private begun(key: string, document: NotificationDocument, language: Language): Kept {
    const made = this.turn.then(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return this.make(document, language);
    });
    const held: Kept = { made, bytes: 0 };
    this.turn = made.then(
      ({ length }) => {
        held.bytes = length;
        this.keptBytes += length;
        this.keepWithin();
      },
      // One that could not be made is tried again with the next message.
      () => this.kept.delete(key),
    );
    return held;
  }

  /** Lets those go that were asked for longest ago; what is being made has no bytes yet and stays. */
  private keepWithin(): void {
    for (const [key, { bytes }] of this.kept) {
      if (this.keptBytes <= this.limits.kept) return;
      if (bytes === 0) continue;
      this.kept.delete(key);
      this.keptBytes -= bytes;
    }
  }
}
