/**
 * Where the public views run in the same process, a command's answer waits a moment until they show it, so
 * that the officer's next read does. It is a convenience with a bound: the record itself is already durable.
 */
export abstract class ReadYourWrites {
  abstract waitFor(position: string): Promise<void>;
}

/** For a process without views: the answer names the position, and a reader asks for it. */
export class NothingToWaitFor extends ReadYourWrites {
  waitFor(): Promise<void> {
    return Promise.resolve();
  }
}
