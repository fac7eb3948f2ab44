import { Injectable } from '@nestjs/common';
import { QueryBus, type Query } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, Problem, sendConditional, type Representation } from '#http';
import { assetsRevision, languageOf, pagePolicy, renderDocument, wantsPage } from '#pages';
import { pageVersion, type Answer } from './queries/answer.ts';

/** Answers kept ready to send; the key holds the revision, so an entry is never stale, only unused. */
const keptAnswers = 2000;

/** Turns a query into a response: made once per revision, a strong tag, 304 for who has it. */
@Injectable()
export class Answering {
  private readonly kept = new Map<string, Representation>();

  constructor(private readonly queries: QueryBus) {}

  /** Sends what the query answers, as JSON or as the page for people; or 404 in the words given. */
  async send(
    query: Query<Answer | null>,
    missing: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const answer = await this.queries.execute(query);
    if (answer === null) throw new Problem('not-found', missing);
    this.sendAnswer(answer, request, reply);
  }

  /** Sends an answer that needs no query. */
  sendAnswer(answer: Answer, request: FastifyRequest, reply: FastifyReply): void {
    void reply.headers(answer.headers ?? {});
    sendConditional(
      request,
      reply,
      answer.page !== undefined && wantsPage(request)
        ? this.pageOf(answer, answer.page, request, reply)
        : this.readyOrMade(answer.key, () => ({
            body: Buffer.from(JSON.stringify(answer.body())),
          })),
    );
  }

  private pageOf(
    { key, pageRevision = '' }: Answer,
    page: NonNullable<Answer['page']>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Representation {
    const language = languageOf(request);
    const address = request.url;
    void reply.headers({ 'Content-Security-Policy': pagePolicy, 'Content-Language': language });
    const origin = `${request.protocol}://${request.host}`;
    const made = [key, 'page', pageVersion, assetsRevision, pageRevision, language];
    const whole = [...made, origin, address].join('\n');
    return this.readyOrMade(whole, () => ({
      body: Buffer.from(renderDocument(page({ language, address, origin }))),
      contentType: 'text/html; charset=utf-8',
    }));
  }

  private readyOrMade(key: string, make: () => Omit<Representation, 'tag'>): Representation {
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const made = { ...make(), tag: entityTag(key) };
    this.kept.set(key, made);
    if (this.kept.size > keptAnswers) {
      const oldest = this.kept.keys().next();
      if (!oldest.done) this.kept.delete(oldest.value);
    }
    return made;
  }
}
