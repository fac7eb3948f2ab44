import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { numberParameter, oneValue, onlyKnown, Problem, wordParameter } from '#http';
import { documentRoles } from '#treaty';
import type { CaseFile } from '../cases/case-file.ts';
import { CaseDesk } from '../cases/case-desk.ts';
import { Needs, officerOf } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { DocumentDesk } from './document-desk.ts';

const versions = { from: 1, to: 999_999 };

function versionOf(value: unknown): number {
  const version = numberParameter('version', value, versions);
  if (version === undefined)
    throw new Problem('invalid-parameter', 'version: name the version of the case.', {
      field: 'version',
    });
  return version;
}

/** Staff: scans and translations of a case. */
@ApiTags('desk')
@UseGuards(StaffGuard)
@Controller('depositary/cases/:id/documents')
export class DocumentsController {
  constructor(
    private readonly documents: DocumentDesk,
    private readonly cases: CaseDesk,
  ) {}

  @Post()
  @Needs('prepare-cases')
  @ApiConsumes('multipart/form-data')
  @ApiOperation({ summary: 'Upload a document: PDF, PNG, JPEG or TIFF, one file a request' })
  async upload(
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<CaseFile> {
    onlyKnown(query, ['version', 'role', 'language']);
    const version = versionOf(query['version']);
    const role = wordParameter('role', query['role'], documentRoles) ?? 'instrument';
    const language = oneValue('language', query['language']) ?? null;
    if (language !== null && !/^[a-z]{2}$/.test(language))
      throw new Problem('invalid-parameter', 'language: write two letters such as fr.', {
        field: 'language',
      });
    if (!request.isMultipart())
      throw new Problem(
        'unsupported-media-type',
        'Send the document as multipart/form-data, one file.',
      );
    const file = await request.file();
    if (file === undefined)
      throw new Problem('invalid-request', 'The request holds no file; send one.');
    const upload = { bytes: await file.toBuffer(), name: file.filename, role, language };
    return this.documents.attach(id, version, upload, officerOf(request));
  }

  @Get(':sha256')
  @Needs('read-cases')
  @ApiOperation({ summary: 'Download a document; always as a file, never shown in the page' })
  async download(
    @Param('id') id: string,
    @Param('sha256') sha256: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { document, bytes } = await this.documents.read(id, sha256);
    const ascii = document.name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
    await reply
      .headers({
        'Content-Type': document.mediaType,
        'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(document.name)}`,
        'Content-Security-Policy': "sandbox; default-src 'none'",
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-store',
      })
      .send(bytes);
  }

  @Post(':sha256/removal')
  @HttpCode(200)
  @Needs('prepare-cases')
  @ApiOperation({ summary: 'Take a document off the draft' })
  remove(
    @Param('id') id: string,
    @Param('sha256') sha256: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<CaseFile> {
    onlyKnown(query, ['version']);
    const change = { type: 'detach', sha256 } as const;
    return this.cases.change(id, versionOf(query['version']), change, officerOf(request));
  }
}
