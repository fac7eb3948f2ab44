import { Injectable } from '@nestjs/common';
import { QueryBus, type Query } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  entityTag,
  isNotModified,
  preferredType,
  Problem,
  sendConditional,
  varies,
  weakened,
  type Representation,
} from '#http';
import { assetsRevision, languageOf, pagePolicy, renderDocument, wantsPage } from '#pages';
import { KeptAnswers } from './kept-answers.ts';
import { mementoHeaders } from './memento.ts';
import { notFound, type Missing } from './missing.ts';
import { Publication } from './publication.ts';
import { pageVersion, type Answer } from './queries/answer.ts';
import { ReadyAnswers } from './ready-answers.ts';
import { csvOf } from './tables/csv.ts';
import type { Table } from './tables/table.ts';
import { mostSheetRows, xlsxOf } from './tables/xlsx.ts';

const json = 'application/json';
const linkedData = 'application/ld+json';

/** Turns a query into a response: made once per revision, a strong tag, 304 for who has it. */
@Injectable()
export class Answering {
  private readonly kept = new KeptAnswers();

  constructor(
    private readonly queries: QueryBus,
    private readonly publication: Publication,
    private readonly ready: ReadyAnswers,
  ) {}

  /** Sends what the query answers, as JSON, as linked data or as the page for people; or 404 in the words given. */
  async send(
    query: Query<Answer | null>,
    missing: Missing,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const answer = await this.queries.execute(query);
    if (answer === null) throw notFound(missing);
    this.sendAnswer(answer, request, reply);
  }

  /** Sends an answer that needs no query. */
  sendAnswer(answer: Answer, request: FastifyRequest, reply: FastifyReply): void {
    if (answer.page !== undefined && wantsPage(request)) {
      this.head(answer, request, reply);
      sendConditional(request, reply, this.pageOf(answer, answer.page, request, reply));
      return;
    }
    const offered = answer.linked === undefined ? [json] : [json, linkedData];
    const type = preferredType(request.headers.accept, offered);
    if (type === null) {
      const page = answer.page === undefined ? [] : ['text/html'];
      throw new Problem(
        'not-acceptable',
        `This address answers as ${[...offered, ...page].join(', ')}; ask for one of these in Accept.`,
      );
    }
    this.head(answer, request, reply);
    if (type === linkedData && answer.linked !== undefined) {
      sendConditional(request, reply, this.linkedOf(answer.key, answer.linked, request));
      return;
    }
    const representation = this.kept.readyOrMade(answer.key, () => ({
      body: Buffer.from(JSON.stringify(answer.body())),
    }));
    sendConditional(request, reply, representation, (body) =>
      this.ready.keep(request, reply, body),
    );
  }

  /** Sends what the query answers as linked data, whatever Accept says. */
  async sendLinked(
    query: Query<Answer | null>,
    missing: Missing,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const answer = await this.queries.execute(query);
    if (answer?.linked === undefined) throw notFound(missing);
    this.head(answer, request, reply);
    sendConditional(request, reply, this.linkedOf(answer.key, answer.linked, request));
  }

  /** Sends what the query answers as a table to take away: CSV or a workbook, as the address ends. */
  async sendTable(
    query: Query<Answer | null>,
    missing: Missing,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const answer = await this.queries.execute(query);
    if (answer?.table === undefined) throw notFound(missing);
    const { bom } = request.query as { bom?: unknown };
    const format = /\.xlsx(\?|$)/.test(request.url) ? 'xlsx' : 'csv';
    const tag = weakened(entityTag([answer.key, format, String(bom)].join('\n')));
    this.head(answer, request, reply);
    void reply.headers({ ETag: tag, 'Cache-Control': 'public, no-cache', Vary: varies });
    if (isNotModified(request.headers['if-none-match'], tag)) {
      void reply.status(304).send();
      return;
    }
    await this.sendFile(this.withLicence(answer.table(), request), format, bom === 'yes', {
      request,
      reply,
    });
  }

  private async sendFile(
    table: Table,
    format: 'csv' | 'xlsx',
    withByteOrderMark: boolean,
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  ): Promise<void> {
    void reply
      .header('Content-Disposition', `attachment; filename="${table.name}.${format}"`)
      .type(
        format === 'csv'
          ? 'text/csv; charset=utf-8; header=present'
          : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      );
    if (request.method === 'HEAD') void reply.send();
    else if (format === 'csv') void reply.send(csvOf(table, withByteOrderMark));
    else if (table.count > mostSheetRows)
      throw new Problem(
        'invalid-request',
        `A workbook holds at most ${mostSheetRows} rows here and this table has ${table.count}; take the .csv, or filter it.`,
      );
    else void reply.send(await xlsxOf(table));
  }

  private withLicence(table: Table, request: FastifyRequest): Table {
    const { licence } = this.publication;
    const from = `The Treaty Ledger, ${this.publication.originOf(request)}${request.url}`;
    return { ...table, about: [...table.about, ['source', from], ['licence', licence]] };
  }

  /** Headers of every answer: its own, the licence, and where other states of it are. */
  private head(answer: Answer, request: FastifyRequest, reply: FastifyReply): void {
    const { Link: own, ...headers } = answer.headers ?? {};
    const memento = mementoHeaders(request);
    const links = [own, `<${this.publication.licence}>; rel="license"`, memento.link];
    void reply.headers({
      ...headers,
      Link: links.filter((link) => link !== undefined).join(', '),
      ...(memento.datetime !== undefined && { 'Memento-Datetime': memento.datetime }),
      ...(answer.lastModified !== undefined && {
        'Last-Modified': new Date(answer.lastModified).toUTCString(),
      }),
    });
  }

  private linkedOf(
    key: string,
    linked: NonNullable<Answer['linked']>,
    request: FastifyRequest,
  ): Representation {
    const origin = this.publication.originOf(request);
    const { licence } = this.publication;
    return this.kept.readyOrMade([key, 'linked', origin].join('\n'), () => ({
      body: Buffer.from(JSON.stringify(linked({ origin, licence }))),
      contentType: `${linkedData}; charset=utf-8`,
    }));
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
    const origin = this.publication.originOf(request);
    const { takesSubscriptions } = this.publication;
    const made = [key, 'page', pageVersion, assetsRevision, pageRevision, language];
    const whole = [...made, origin, address].join('\n');
    return this.kept.readyOrMade(whole, () => ({
      body: Buffer.from(renderDocument(page({ language, address, origin, takesSubscriptions }))),
      contentType: 'text/html; charset=utf-8',
    }));
  }
}
