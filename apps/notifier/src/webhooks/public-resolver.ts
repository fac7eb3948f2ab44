import { Resolver as NameResolver } from 'node:dns/promises';
import type { Resolver } from './target-guard.ts';

/** For how long a name is asked for, in milliseconds; and how often, in that. */
const patience = 5000;
const tries = 2;

/**
 * Asks the name servers of the machine for all addresses of a public name, those of IPv4 first. The machine's own
 * way looks up two names at a time in a process (`getaddrinfo` on threads): two names whose servers do not answer
 * would hold up all others.
 * @param servers to ask instead, `host:port`: for tests
 */
export function publicResolver(servers?: readonly string[]): Resolver {
  return async (name) => {
    // A new one each time, so that name servers that changed are known.
    const resolver = new NameResolver({ timeout: patience / (tries * 2), tries });
    if (servers !== undefined) resolver.setServers(servers);
    const timer = setTimeout(() => resolver.cancel(), patience);
    try {
      const asked = [resolver.resolve4(name), resolver.resolve6(name)];
      const answers = await Promise.allSettled(asked);
      const found = answers.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
      if (found.length === 0) throw new Error('The name has no address.');
      return found;
    } finally {
      clearTimeout(timer);
    }
  };
}
