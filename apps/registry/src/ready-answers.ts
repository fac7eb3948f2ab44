import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isNotModified } from '#http';
import { RegisterViews } from './register-views.ts';
import { Today } from './today.ts';

interface ReadyAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly tag: string;
  readonly body: string | Buffer;
}

/** Bytes of answers kept at most; all are let go whenever something is recorded or the day changes. */
const mostBytes = 64 * 1024 * 1024;
/** What an answer takes besides its body: its address and its headers, in bytes. */
const besidesBody = 2000;

/**
 * Whole answers as they were last sent, by what was asked. As long as the views stand where they stood and the
 * date is the same, the same request has the same answer, and none of what leads to it needs to be done again.
 */
@Injectable()
export class ReadyAnswers {
  private readonly answers = new Map<string, ReadyAnswer>();
  private bytes = 0;
  private madeAt: string | null = null;
  private madeOn = '';

  constructor(
    private readonly views: RegisterViews,
    private readonly clock: Today,
  ) {}

  /** The answer to a request, if it was given before and nothing has changed since. */
  find(request: FastifyRequest): ReadyAnswer | undefined {
    if (request.method !== 'GET' || request.headers['accept-datetime'] !== undefined)
      return undefined;
    if (!this.isCurrent()) return undefined;
    return this.answers.get(keyOf(request));
  }

  /** Keeps an answer that is about to be sent. */
  keep(request: FastifyRequest, reply: FastifyReply, body: string | Buffer): void {
    if (request.method !== 'GET') return;
    const headers = Object.fromEntries(
      Object.entries(reply.getHeaders())
        .filter(([name]) => !/^(ratelimit|content-length)/i.test(name))
        .map(([name, value]) => [name, String(value)]),
    );
    const tag = headers['etag'];
    if (tag === undefined || !this.isCurrent()) return;
    this.bytes += body.length + besidesBody;
    if (this.bytes > mostBytes) this.letGo();
    this.answers.set(keyOf(request), { headers, tag, body });
  }

  /** Whether what is kept is of now; lets go of it where it is not. */
  private isCurrent(): boolean {
    const { state, position } = this.views.health();
    if (state !== 'live' && state !== 'disconnected') return false;
    const today = this.clock.today();
    if (position !== this.madeAt || today !== this.madeOn) {
      this.letGo();
      this.madeAt = position;
      this.madeOn = today;
    }
    return true;
  }

  private letGo(): void {
    this.answers.clear();
    this.bytes = 0;
  }
}

/** Everything that an answer may depend on. */
const keyOf = ({ url, headers }: FastifyRequest): string =>
  `${url}\n${headers.accept ?? ''}\n${headers['accept-encoding'] ?? ''}\n${headers.origin ?? ''}\n${headers['accept-language'] ?? ''}`;

/** Sends what is ready before anything else is done for a request. */
export function sendWhatIsReady(fastify: FastifyInstance, ready: ReadyAnswers): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const found = ready.find(request);
    if (found === undefined) {
      done();
      return;
    }
    void reply.headers(found.headers);
    if (isNotModified(request.headers['if-none-match'], found.tag))
      void reply.status(304).removeHeader('content-type').removeHeader('content-encoding').send();
    else void reply.send(found.body);
  });
}
