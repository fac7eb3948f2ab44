import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { numberParameter, onlyKnown, oneValue, Problem, wordParameter } from '#http';
import { languageOf, sendPage, wantsPage } from '#pages';
import { formTokenFor, Needs, officerOf } from '../officer.ts';
import { StaffGuard } from '../staff.guard.ts';
import { AuditTrailPage } from './audit-trail.page.tsx';
import { AuditTrail, type AuditEntry } from './audit-trail.ts';

type QueryString = Readonly<Record<string, unknown>>;

const columns = ['entry', 'at', 'kind', 'subject', 'name', 'detail', 'previousHash', 'hash'];

/** Staff: the trail of sign-ins and refusals, to read and to take away. */
@ApiTags('depositary')
@ApiBearerAuth('accessToken')
@UseGuards(StaffGuard)
@Needs('read-audit-trail')
@Controller('depositary')
export class AuditTrailController {
  constructor(private readonly trail: AuditTrail) {}

  @Get('audit-trail')
  @ApiOperation({
    summary:
      'Sign-ins, refusals and deliveries sent again, the newest first; verify=true checks the hashes',
  })
  async read(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['before', 'limit', 'verify']);
    const before = entryParameter('before', query['before']);
    const limit = numberParameter('limit', query['limit'], { from: 1, to: 1000 }) ?? 100;
    const verify = wordParameter('verify', query['verify'], ['true', 'false']) === 'true';
    const entries = await this.trail.entries({ before, limit });
    const verification = verify ? await this.trail.verify() : null;
    if (!wantsPage(request)) {
      void reply.header('Cache-Control', 'no-store').send({ entries, verification });
      return;
    }
    const language = languageOf(request);
    const officer = officerOf(request);
    const formToken = formTokenFor(request);
    const shown = { language, officer, formToken, entries, verification, limit };
    sendPage(reply, AuditTrailPage(shown));
  }

  @Get('audit-trail.csv')
  @ApiOperation({ summary: 'The whole audit trail as a table' })
  csv(
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    // Formulas are escaped, because names come from elsewhere and the table is opened in a spreadsheet.
    const line = (cells: readonly unknown[]): string =>
      stringify([[...cells]], { escape_formulas: true });
    const row = ({ detail, ...entry }: AuditEntry): string => {
      const cells: Readonly<Record<string, unknown>> = { ...entry, detail: JSON.stringify(detail) };
      return line(columns.map((column) => cells[column]));
    };
    return this.export(request, reply, 'csv', 'text/csv; charset=utf-8', line(columns), row);
  }

  @Get('audit-trail.ndjson')
  @ApiOperation({ summary: 'The whole audit trail, one JSON object a line' })
  ndjson(
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    const row = (entry: AuditEntry): string => `${JSON.stringify(entry)}\n`;
    return this.export(request, reply, 'ndjson', 'application/x-ndjson', '', row);
  }

  private async export(
    request: FastifyRequest,
    reply: FastifyReply,
    form: string,
    mediaType: string,
    head: string,
    row: (entry: AuditEntry) => string,
  ): Promise<void> {
    const { subject, name } = officerOf(request);
    await this.trail.add({ kind: 'audit-trail-exported', subject, name, detail: { form } });
    const { trail } = this;
    async function* lines(): AsyncGenerator<string> {
      yield head;
      for await (const entry of trail.all()) yield row(entry);
    }
    void reply
      .headers({
        'Cache-Control': 'no-store',
        'Content-Disposition': `attachment; filename="audit-trail.${form}"`,
      })
      .type(mediaType)
      .send(Readable.from(lines()));
  }
}

/** The number of an entry: of a trail that grows for decades. */
function entryParameter(field: string, value: unknown): number | undefined {
  const text = oneValue(field, value);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Problem('invalid-parameter', `${field}: write the number of an entry.`, {
    field,
    detailFr: `${field} : écrivez le numéro d’une entrée.`,
  });
}
