import { Injectable } from '@nestjs/common';
import { QueryBus, type Query } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, Problem, sendConditional, type Representation } from '#http';
import type { Answer } from './queries/answer.ts';

/** Answers kept ready to send; the key holds the revision, so an entry is never stale, only unused. */
const keptAnswers = 2000;

/** Turns a query into a response: JSON once per revision, a strong tag, 304 for who has it. */
@Injectable()
export class Answering {
  private readonly kept = new Map<string, Representation>();

  constructor(private readonly queries: QueryBus) {}

  /** Sends what the query answers, or 404 in the words given. */
  async send(
    query: Query<Answer | null>,
    missing: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const answer = await this.queries.execute(query);
    if (answer === null) throw new Problem('not-found', missing);
    void reply.headers(answer.headers ?? {});
    sendConditional(request, reply, this.representationOf(answer));
  }

  private representationOf(answer: Answer): Representation {
    const known = this.kept.get(answer.key);
    if (known !== undefined) return known;
    const made = { body: Buffer.from(JSON.stringify(answer.body())), tag: entityTag(answer.key) };
    this.kept.set(answer.key, made);
    if (this.kept.size > keptAnswers) {
      const oldest = this.kept.keys().next();
      if (!oldest.done) this.kept.delete(oldest.value);
    }
    return made;
  }
}
