import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Agent } from 'undici';
import { TargetRefused, type TargetGuard } from './target-guard.ts';

export interface WebhookLimits {
  /** Milliseconds for connecting, and for the whole attempt. */
  readonly connect: number;
  readonly whole: number;
  /** Bytes of an answer that are read. */
  readonly answer: number;
}

export const webhookLimits: WebhookLimits = { connect: 5000, whole: 15_000, answer: 65_536 };

/** What came back, or one sentence on why nothing did. */
export type Response =
  | { readonly status: number; readonly retryAfter: string | undefined; readonly body: string }
  | { readonly status: null; readonly detail: string };

/** A certificate authority to trust besides the machine's: for tests. */
export interface WebhookTrust {
  readonly ca?: string;
}

/**
 * Sends webhooks: to checked addresses only, with TLS verified for the host's name, without following redirects,
 * within limits of time and size. Connections are kept for a while, each to an address that was checked.
 */
export class WebhookClient {
  private readonly agent: Agent;
  private readonly limits: WebhookLimits;

  constructor(guard: TargetGuard, limits = webhookLimits, trust: WebhookTrust = {}) {
    this.limits = limits;
    this.agent = new Agent({
      allowH2: false,
      pipelining: 1,
      connections: 32,
      keepAliveTimeout: 10_000,
      keepAliveMaxTimeout: 60_000,
      headersTimeout: limits.whole,
      bodyTimeout: limits.whole,
      maxResponseSize: limits.answer,
      connect: (options, callback) => {
        void answered(connectChecked(guard, options, limits.connect, trust), callback);
      },
    });
  }

  /** One POST. Never throws. */
  async post(url: URL, body: string, headers: Record<string, string>): Promise<Response> {
    // Not AbortSignal.timeout: ten thousand of them would live on long after their answers.
    const late = new AbortController();
    const { signal } = late;
    const timer = setTimeout(() => late.abort(), this.limits.whole);
    try {
      const answer = await this.agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'user-agent': 'TreatyLedger-Notifier/1',
          ...headers,
        },
        body,
        signal,
      });
      const retryAfter = answer.headers['retry-after'];
      // Only an answer that came to its end is one: a line that is cut says nothing for certain.
      const text = await answer.body.text();
      return {
        status: answer.statusCode,
        retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
        body: text,
      };
    } catch (error) {
      return { status: null, detail: sentenceOn(error, signal.aborted) };
    } finally {
      clearTimeout(timer);
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}

/** Hands a promised socket to undici, which takes callbacks. */
async function answered(
  connecting: Promise<Socket>,
  callback: (...result: [null, Socket] | [Error, null]) => void,
): Promise<void> {
  let result: [null, Socket] | [Error, null];
  try {
    result = [null, await connecting];
  } catch (error) {
    result = [error as Error, null];
  }
  callback(...result);
}

async function connectChecked(
  guard: TargetGuard,
  { hostname, port, protocol }: { hostname: string; port: string; protocol: string },
  patience: number,
  { ca }: WebhookTrust,
): Promise<Socket> {
  const secure = protocol === 'https:';
  const [host] = await guard.addressesOf(hostname);
  const to = { host, port: Number(port) || (secure ? 443 : 80) };
  const name = hostname.replace(/^\[|\]$/g, '');
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = secure
    ? connectTls({
        ...to,
        ...(isIP(name) === 0 && { servername: name }),
        ...(ca !== undefined && { ca }),
        ALPNProtocols: ['http/1.1'],
        minVersion: 'TLSv1.2',
        rejectUnauthorized: true,
      })
    : connectPlain(to);
  const timer = setTimeout(() => socket.destroy(new Error('connecting took too long')), patience);
  socket.once(secure ? 'secureConnect' : 'connect', () => {
    clearTimeout(timer);
    socket.off('error', reject);
    socket.setNoDelay(true);
    resolve(socket);
  });
  socket.once('error', reject);
  socket.once('close', () => clearTimeout(timer));
  return promise;
}

/** Why nothing came back, without the address. */
function sentenceOn(error: unknown, late: boolean): string {
  if (error instanceof TargetRefused) return error.message;
  const code = (error as { code?: unknown }).code;
  if (late || (typeof code === 'string' && /TIMEOUT/.test(code)))
    return 'The receiver did not answer in time.';
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'The receiver’s answer was too long.';
  if (code === 'ECONNREFUSED') return 'The receiver takes no connections.';
  if (typeof code === 'string' && /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code))
    return `The receiver’s certificate was not accepted (${code}).`;
  return `The connection failed${typeof code === 'string' ? ` (${code})` : ''}.`;
}
