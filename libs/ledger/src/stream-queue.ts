/** Work on one stream runs one after the other within this process; different streams don't wait. */
export class StreamQueue {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs the work when what was asked for before it on the same stream has ended, well or badly. */
  async run<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(stream);
    const mine = before === undefined ? work() : before.then(work, work);
    this.last.set(stream, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(stream) === mine) this.last.delete(stream);
    }
  }

  /** Settles when all work asked for so far has ended. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.last.values());
  }
}
