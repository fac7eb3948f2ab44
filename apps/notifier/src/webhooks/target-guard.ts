import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/** Finds the addresses of a name. */
export type Resolver = (name: string) => Promise<readonly string[]>;

export interface TargetRules {
  /** Ports that a webhook may have. */
  readonly ports: readonly number[];
  /** Development only: this machine and plain HTTP, any port. */
  readonly allowLoopback: boolean;
}

export const publicTargets: TargetRules = { ports: [443, 8443], allowLoopback: false };

/** A target that may not be called, as a sentence for who subscribes. It names no address that was found. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
}

/** Services of cloud providers on addresses that look public. */
const metadataServices = ['168.63.129.16', '100.100.100.200', 'fd00:ec2::254'];

/** Asks the machine for all addresses, also of names that it alone knows: for development. */
export const machineResolver: Resolver = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address);

/**
 * Whether an address may be connected to: global unicast only. Loopback, private, link-local, shared (CGNAT),
 * multicast, reserved and documentation ranges are not, nor IPv6 that carries an IPv4 address (mapped, NAT64,
 * 6to4, Teredo), which would be a way around.
 */
export function mayConnectTo(address: string, { allowLoopback }: TargetRules): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return false;
  // "127.1" and "0x7f.1" are addresses to some programs; only the full form is taken here.
  if (!bare.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(bare)) return false;
  const parsed = ipaddr.parse(bare);
  const range = parsed.range();
  if (allowLoopback && range === 'loopback') return true;
  if (range !== 'unicast' || metadataServices.includes(parsed.toString())) return false;
  // IPv6 has one global range so far (2000::/3); whatever is outside it is not the public internet.
  return parsed.kind() === 'ipv4' || (Number(parsed.toByteArray()[0]) & 0xe0) === 0x20;
}

/** Makes sure that a webhook points into the public internet: when it is subscribed, and at each connection. */
export class TargetGuard {
  readonly rules: TargetRules;
  private readonly resolve: Resolver;

  constructor(rules: TargetRules = publicTargets, resolve: Resolver = machineResolver) {
    this.rules = rules;
    this.resolve = resolve;
  }

  /**
   * Reads an address that somebody subscribes.
   * @throws TargetRefused for one that may not be called whatever its name resolves to
   */
  read(address: string): URL {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url === null || address.length > 2000)
      throw new TargetRefused(
        'The address of a webhook must be a whole URL such as https://example.org/hook.',
      );
    const { allowLoopback, ports } = this.rules;
    if (url.protocol !== 'https:' && !(allowLoopback && url.protocol === 'http:'))
      throw new TargetRefused('The address of a webhook must begin with https://.');
    if (url.username !== '' || url.password !== '')
      throw new TargetRefused('The address of a webhook must hold no user name or password.');
    const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
    if (!allowLoopback && !ports.includes(port))
      throw new TargetRefused(`A webhook may use the ports ${ports.join(' and ')} only.`);
    if (isAddress(url.hostname) && !mayConnectTo(url.hostname, this.rules)) throw notPublic();
    url.hash = '';
    return url;
  }

  /**
   * The addresses to connect to, each of them checked: connecting must use these and ask no resolver again,
   * because a name may answer otherwise the next time (DNS rebinding).
   * @throws TargetRefused when the name is not known, or any of its addresses is not public
   */
  async addressesOf(hostname: string): Promise<readonly [string, ...string[]]> {
    const bare = hostname.replace(/^\[|\]$/g, '');
    const found = isAddress(hostname)
      ? [bare]
      : await this.resolve(bare).catch(() => {
          throw new TargetRefused('The name of the webhook’s host could not be resolved.');
        });
    const [first, ...others] = found;
    if (first === undefined)
      throw new TargetRefused('The name of the webhook’s host could not be resolved.');
    // One that is not public among others is no mistake: it is how a guard is got around.
    if (!found.every((address) => mayConnectTo(address, this.rules))) throw notPublic();
    return [first, ...others];
  }
}

const isAddress = (hostname: string): boolean => ipaddr.isValid(hostname.replace(/^\[|\]$/g, ''));

const notPublic = (): TargetRefused =>
  new TargetRefused(
    'The webhook’s host is not on the public internet: private, local and reserved addresses are not called.',
  );
