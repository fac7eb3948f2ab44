/** The desk's clock for instants: when something was done, and whether a time of publication has come. */
export abstract class DeskClock {
  /** ISO 8601 in UTC. */
  abstract now(): string;
}

/** The machine's own. */
export class SystemDeskClock extends DeskClock {
  now(): string {
    return new Date().toISOString();
  }
}

/** Told of every step that a crash may come after, so that a test can crash there. */
export abstract class Steps {
  abstract passed(step: string): void;
}

/** Nobody listens. */
export class UnwatchedSteps extends Steps {
  passed(): void {
    return undefined;
  }
}
