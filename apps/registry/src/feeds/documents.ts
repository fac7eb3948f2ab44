import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, Problem, sendConditional, type Representation } from '#http';
import type { DocumentQuery } from './document-query.handler.ts';

/** Documents kept ready to send; the key holds the revision, so an entry is never stale, only unused. */
const keptDocuments = 200;

/** Sends feeds and calendars: made once per revision, a strong tag, 304 for who has it. */
@Injectable()
export class Documents {
  private readonly kept = new Map<string, Representation>();

  constructor(private readonly queries: QueryBus) {}

  /** Sends the document asked for; or 404 in the words given. */
  async send(
    query: DocumentQuery,
    missing: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const document = await this.queries.execute(query);
    if (document === null) throw new Problem('not-found', missing);
    const { key, contentType, body } = document;
    let ready = this.kept.get(key);
    if (ready === undefined) {
      ready = { body: Buffer.from(body()), contentType, tag: entityTag(key) };
      this.kept.set(key, ready);
      if (this.kept.size > keptDocuments) {
        const oldest = this.kept.keys().next();
        if (!oldest.done) this.kept.delete(oldest.value);
      }
    }
    sendConditional(request, reply, ready);
  }
}
