import { entityTag, type Representation } from '#http';

/** Bytes of answers kept ready to send; what was asked longest ago goes first. */
const mostBytes = 64 * 1024 * 1024;

/** Answers kept ready to send. The key holds the revision, so an entry is never stale, only unused. */
export class KeptAnswers {
  private readonly kept = new Map<string, Representation>();
  private bytes = 0;

  constructor(private readonly most = mostBytes) {}

  /** The answer under a key, made when it is not there. */
  readyOrMade(key: string, make: () => Omit<Representation, 'tag'>): Representation {
    const known = this.kept.get(key);
    if (known !== undefined) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known;
    }
    const made = { ...make(), tag: entityTag(key) };
    this.kept.set(key, made);
    this.bytes += sizeOf(key, made);
    for (const [oldest, representation] of this.kept) {
      if (this.bytes <= this.most) break;
      this.kept.delete(oldest);
      this.bytes -= sizeOf(oldest, representation);
    }
    return made;
  }
}

/** The body, and about as much again for its compressed forms and the entry itself. */
const sizeOf = (key: string, { body }: Representation): number =>
  key.length + 1.5 * body.length + 500;
