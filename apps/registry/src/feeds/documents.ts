import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendConditional } from '#http';
import { KeptAnswers } from '../kept-answers.ts';
import type { DocumentQuery } from './document-query.handler.ts';
import { notFound, type Missing } from '../missing.ts';

/** Bytes of documents kept ready to send: a feed is larger than most answers, and asked for less. */
const mostBytes = 32 * 1024 * 1024;

/** Sends feeds and calendars: made once per revision, a strong tag, 304 for who has it. */
@Injectable()
export class Documents {
  private readonly kept = new KeptAnswers(mostBytes);

  constructor(private readonly queries: QueryBus) {}

  /** Sends the document asked for; or 404 in the words given. */
  async send(
    query: DocumentQuery,
    missing: Missing,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const document = await this.queries.execute(query);
    if (document === null) throw notFound(missing);
    const { key, contentType, body } = document;
    const ready = this.kept.readyOrMade(key, () => ({ body: Buffer.from(body()), contentType }));
    sendConditional(request, reply, ready);
  }
}
