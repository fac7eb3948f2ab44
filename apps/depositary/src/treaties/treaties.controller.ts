import {
  Body,
  Controller,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
  UsePipes,
} from '@nestjs/common';
import { ApiHeader, ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catalogueEntry } from '#catalogue';
import { bodyPipe, onlyKnown, Problem, wordParameter } from '#http';
import type { CorrectableFields, FinalClauses, TreatyCommand } from '#treaty';
import {
  CorrectActionDto,
  OfficialDateDto,
  ReasonDto,
  RecordActionDto,
  RectifyTextDto,
} from './action.dto.ts';
import { correctedFields } from './corrected-fields.ts';
import { Recording, type RecordedAnswer } from './recording.ts';
import { RecordFinalClausesDto, RegisterTreatyDto } from './treaty.dto.ts';
import type { Preview } from '../commands/preview-treaty-command.handler.ts';
import { Needs } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';

type QueryString = Record<string, unknown>;

/** Staff: treaties and what States do about them. Every route takes `?preview=true`, which stores nothing. */
@ApiTags('depositary')
@ApiBearerAuth('accessToken')
@ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'The same key and body again add nothing',
})
@ApiQuery({
  name: 'preview',
  required: false,
  enum: ['true', 'false'],
  description: '`true` shows what would change and stores nothing',
})
@UseGuards(StaffGuard)
@Needs('record-directly')
@UsePipes(bodyPipe)
@Controller('depositary/treaties')
export class DepositaryTreatiesController {
  constructor(private readonly recording: Recording) {}

  @Post()
  @ApiOperation({ summary: 'Register a treaty' })
  register(
    @Body() body: RegisterTreatyDto,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | Preview> {
    const { catalogue: _id, ...facts } = body;
    const finalClauses = clausesOf(body);
    const given = finalClauses === undefined ? {} : { finalClauses };
    return this.carryOut({ type: 'registerTreaty', ...facts, ...given }, query, request, reply);
  }

  @Post(':treaty/final-clauses')
  @ApiOperation({ summary: 'Record the final clauses of a treaty as data' })
  recordFinalClauses(
    @Param('treaty') treaty: string,
    @Body() body: RecordFinalClausesDto,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | Preview> {
    const finalClauses = clausesOf(body);
    if (finalClauses === undefined)
      throw new Problem('invalid-fields', 'finalClauses: give them, or an id of the catalogue.', {
        field: 'finalClauses',
        errors: [{ field: 'finalClauses', detail: 'is missing' }],
      });
    const { reason } = body;
    return this.carryOut(
      { type: 'recordFinalClauses', treaty, finalClauses, reason },
      query,
      request,
      reply,
    );
  }

  @Post(':treaty/actions')
  @ApiOperation({ summary: 'Record what a participant did' })
  recordAction(
    @Param('treaty') treaty: string,
    @Body() body: RecordActionDto,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | Preview> {
    return this.carryOut({ type: 'recordAction', treaty, ...body }, query, request, reply);
  }

  @Post(':treaty/actions/:action/corrections')
  @ApiOperation({ summary: "Correct the ledger's own record of an action" })
  correctAction(
    @Param('treaty') treaty: string,
    @Param('action') action: string,
    @Body() body: CorrectActionDto,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | Preview> {
    const changes = checkedChanges(body.changes);
    return this.carryOut(
      { type: 'correctAction', treaty, action, ...body, changes },
      query,
      request,
      reply,
    );
  }

  @Post(':treaty/actions/:action/annulment')
  @ApiOperation({ summary: 'Annul the record of an action that never took place' })
  annulAction(
    @Param('treaty') treaty: string,
    @Param('action') action: string,
    @Body() body: ReasonDto,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | Preview> {
    return this.carryOut({ type: 'annulAction', treaty, action, ...body }, query, request, reply);
  }

  @Post(':treaty/official-dates')
  @ApiOperation({ summary: 'Record an official date of entry into force with its reason' })
  recordOfficialDate(
    @Param('treaty') treaty: string,
    @Body() body: OfficialDateDto,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | Preview> {
    const participant = body.participant ?? null;
    return this.carryOut(
      { type: 'recordOfficialDate', treaty, ...body, participant },
      query,
      request,
      reply,
    );
  }

  @Post(':treaty/rectifications')
  @ApiOperation({ summary: "Record a rectification of the treaty's text (VCLT 79)" })
  rectifyText(
    @Param('treaty') treaty: string,
    @Body() body: RectifyTextDto,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | Preview> {
    return this.carryOut({ type: 'rectifyText', treaty, ...body }, query, request, reply);
  }

  private carryOut(
    command: TreatyCommand,
    query: QueryString,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<RecordedAnswer | Preview> {
    onlyKnown(query, ['preview']);
    const preview = wordParameter('preview', query['preview'], ['true', 'false']);
    return preview === 'true'
      ? this.recording.preview(command, request, reply)
      : this.recording.record(command, request, reply);
  }
}

/** The clauses that a body gives or picks from the catalogue; undefined: neither. */
function clausesOf({
  finalClauses,
  catalogue,
}: {
  finalClauses?: FinalClauses;
  catalogue?: string;
}): FinalClauses | undefined {
  if (finalClauses !== undefined && catalogue !== undefined)
    throw new Problem('invalid-fields', 'catalogue: give finalClauses or catalogue, not both.', {
      field: 'catalogue',
      errors: [{ field: 'catalogue', detail: 'give finalClauses or catalogue, not both' }],
    });
  return catalogue === undefined ? finalClauses : catalogueEntry(catalogue)?.finalClauses;
}

/** The changes of a correction, or a problem that names the first field that cannot be read. */
function checkedChanges(changes: CorrectableFields): CorrectableFields {
  const read = correctedFields(changes);
  if ('changes' in read) return read.changes;
  const field = `changes.${read.fault.field}`;
  const { detail } = read.fault;
  throw new Problem('invalid-fields', `${field}: ${detail}`, {
    field,
    errors: [{ field, detail }],
  });
}
