import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLoopback } from '../loopback.ts';
import { Problem } from '../problem.ts';
import { sendProblem } from '../problem.filter.ts';

/** Seconds over which requests are counted. */
const windowSeconds = 60;

/**
 * Counts the requests of each address and answers 429 beyond the limit, with the fields of the IETF's draft
 * (RateLimit, RateLimit-Policy). This machine itself is not counted; a proxy on it names its clients.
 * @param most requests a minute; 0: no limit
 */
export async function limitRate(fastify: FastifyInstance, most: number): Promise<void> {
  if (most === 0) return;
  await fastify.register(rateLimit, { global: false });
  const count = fastify.createRateLimit({ max: most, timeWindow: windowSeconds * 1000 });
  const policy = `"address";q=${most};w=${windowSeconds}`;
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    const counted = await count(request);
    if (counted.isAllowed) return false;
    const { remaining, ttlInSeconds, isExceeded } = counted;
    void reply.headers({
      'RateLimit-Policy': policy,
      RateLimit: `"address";r=${remaining};t=${ttlInSeconds}`,
    });
    if (!isExceeded) return false;
    const headers = {
      'Retry-After': String(ttlInSeconds),
      // A page of another origin may read why it got nothing.
      'Access-Control-Allow-Origin': '*',
    };
    const problem = new Problem(
      'too-many-requests',
      `This address made more than ${most} requests in a minute; ask again in ${ttlInSeconds} seconds, or follow /events or /stream instead of asking often.`,
      { headers },
    );
    sendProblem(problem, request, reply);
    return true;
  };
  const goOn = async (
    request: FastifyRequest,
    reply: FastifyReply,
    done: (error?: Error) => void,
  ): Promise<void> => {
    try {
      if (await answer(request, reply)) return;
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    done();
  };
  // This machine's own requests go on at once, without a turn of the event loop.
  fastify.addHook('onRequest', (request, reply, done) => {
    const isDirect = request.headers['x-forwarded-for'] === undefined;
    if (isDirect && request.socket.remoteAddress === '127.0.0.1') done();
    else if (isLoopback(request.ip.replace(/^::ffff:/, ''))) done();
    else void goOn(request, reply, done);
  });
}
