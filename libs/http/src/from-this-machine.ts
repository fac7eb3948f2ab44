import type { FastifyRequest } from 'fastify';
import { hostOf, isLoopback } from './loopback.ts';
import { Problem } from './problem.ts';

/**
 * Lets in requests of this machine only. Listening on loopback is not enough: a web page that somebody visits
 * may send requests there, by a name that it resolves to 127.0.0.1 (DNS rebinding) or across origins. So the
 * Host header must be loopback, and so must an Origin where one is sent.
 * @throws Problem `not-allowed-from-here`
 */
export function fromThisMachine({
  headers,
  socket,
}: Pick<FastifyRequest, 'headers' | 'socket'>): void {
  const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const { origin } = headers;
  const sameOrigin =
    origin === undefined || (URL.canParse(origin) && new URL(origin).host === headers.host);
  if (isLoopback(peer) && isLoopback(hostOf(headers.host)) && sameOrigin) return;
  throw new Problem(
    'not-allowed-from-here',
    'With the development provider, officers are known by a password that everybody knows, so this address answers only requests made on this machine, to a loopback address, by a program or a page of this register. Set OIDC_ISSUER to sign in from elsewhere.',
    {
      detailFr:
        'Avec le fournisseur de développement, les agents se font connaître par un mot de passe que tout le monde connaît : cette adresse ne répond donc qu’aux requêtes faites sur cette machine, à une adresse de bouclage, par un programme ou une page de ce registre. Définissez OIDC_ISSUER pour vous connecter d’ailleurs.',
    },
  );
}
