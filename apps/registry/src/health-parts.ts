/** How another part of the process is: not fit makes the whole answer 503. */
export interface PartHealth {
  readonly fit: boolean;
  readonly [fact: string]: unknown;
}

/** The other parts of this process that `/health` tells of. */
export abstract class HealthParts {
  abstract health(): Readonly<Record<string, PartHealth>>;
}

/** The register alone. */
export class NoOtherParts extends HealthParts {
  health(): Readonly<Record<string, PartHealth>> {
    return {};
  }
}
