/** Calls of one host in an hour that came to nothing, at the most. */
export const mostInVain = 60;
const counted = 3_600_000;
const mostHosts = 20_000;

/**
 * How often hosts were asked in vain whether they want deliveries: each asking is a call that a stranger makes us
 * make. Who asks may erase the subscription and make another, so it is counted apart from subscriptions, in this
 * process alone. Hosts are named by keyed names.
 */
export class Challenges {
  private readonly inVain = new Map<string, number[]>();

  /**
   * Whether a host may be asked; then it counts as asked in vain until it answers.
   * @param now milliseconds since 1970
   */
  ask(host: string, now: number): boolean {
    const recent = (this.inVain.get(host) ?? []).filter((at) => at > now - counted);
    if (recent.length >= mostInVain) return false;
    this.inVain.delete(host);
    this.inVain.set(host, [...recent, now]);
    const [oldest] = this.inVain.keys();
    if (this.inVain.size > mostHosts && oldest !== undefined) this.inVain.delete(oldest);
    return true;
  }

  /** A host that was asked then said that it wants deliveries. */
  answered(host: string, askedAt: number): void {
    const known = this.inVain.get(host) ?? [];
    const index = known.indexOf(askedAt);
    if (index >= 0) this.inVain.set(host, known.toSpliced(index, 1));
  }
}
