/** A client of server-sent events as the standard has them, over fetch, that a test can cut off. */
export class EventSourceUnderTest {
  readonly received: { position: string; id: string }[] = [];
  readonly retries: number[] = [];
  comments = 0;
  lastEventId: string | null = null;
  private abort = new AbortController();
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly address: string) {}

  /** Connects, with Last-Event-ID once there is one; answers when the head is there. */
  async connect(): Promise<Response> {
    this.abort = new AbortController();
    const response = await fetch(this.address, {
      headers: {
        Accept: 'text/event-stream',
        ...(this.lastEventId !== null && { 'Last-Event-ID': this.lastEventId }),
      },
      signal: this.abort.signal,
    });
    if (response.ok && response.body !== null) this.reading = this.read(response.body);
    return response;
  }

  /** Cuts the connection wherever it is, in the middle of an event perhaps. */
  async cut(): Promise<void> {
    this.abort.abort();
    await this.reading;
  }

  /** Waits until an event of this position, or the id of a later one, was received. */
  async until(position: string): Promise<void> {
    while (BigInt(this.lastEventId ?? '0') < BigInt(position))
      await new Promise((resolve) => setTimeout(resolve, 5));
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of body) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch {
      // Cut off: what had not arrived whole was not received.
    }
  }

  private take(block: string): void {
    const data: string[] = [];
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) this.comments += 1;
      else if (line.startsWith('id: ')) this.lastEventId = line.slice(4);
      else if (line.startsWith('data: ')) data.push(line.slice(6));
      else if (line.startsWith('retry: ')) this.retries.push(Number(line.slice(7)));
      else throw new Error(`Not a line of an event stream: ${line}`);
    }
    if (data.length > 0) this.received.push(JSON.parse(data.join('\n')));
  }
}
