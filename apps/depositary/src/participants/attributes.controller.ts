import {
  Body,
  Controller,
  HttpCode,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
  UsePipes,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyPipe, onlyKnown, Problem } from '#http';
import { Ledger } from '#ledger';
import { RegisterParticipants } from '../commands/register-participants.handler.ts';
import { ReadYourWrites } from '../read-your-writes.ts';
import { Recording } from '../treaties/recording.ts';
import { AttributeTableDto } from './attribute-table.dto.ts';
import { Needs } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';

export interface AttributeAnswer {
  readonly outcome: 'recorded' | 'unchanged';
  readonly attribute: string;
  readonly position: string | null;
}

/** Staff: published figures that final clauses refer to, such as emissions or gross tonnage. */
@ApiTags('depositary')
@ApiBearerAuth('accessToken')
@UseGuards(StaffGuard)
@Needs('keep-register')
@UsePipes(bodyPipe)
@Controller('depositary/attributes')
export class DepositaryAttributesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly recording: Recording,
    private readonly ledger: Ledger,
    private readonly reads: ReadYourWrites,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Record a published table of figures about participants' })
  async record(
    @Body() table: AttributeTableDto,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AttributeAnswer> {
    onlyKnown(query, []);
    const { byCode } = await this.ledger.participants();
    const unknown = Object.keys(table.values).find((code) => !Object.hasOwn(byCode, code));
    if (unknown !== undefined)
      throw new Problem(
        'invalid-fields',
        `values: no participant has the code ${unknown.slice(0, 20)}; /participants lists them.`,
        {
          field: 'values',
          errors: [{ field: 'values', detail: `unknown code ${unknown.slice(0, 20)}` }],
        },
      );
    const { attribute, title, unit = null, date, values, total, source } = table;
    const event = {
      type: 'attributeTableRecorded',
      attribute,
      title,
      unit,
      date,
      values,
      total,
      source,
    } as const;
    const { appended, position } = await this.commands.execute(
      new RegisterParticipants([event], this.recording.metaOf(request)),
    );
    if (position !== null) {
      void reply.header('Ledger-Position', position);
      await this.reads.waitFor(position);
    }
    if (appended === 0) void reply.status(200);
    return { outcome: appended > 0 ? 'recorded' : 'unchanged', attribute, position };
  }
}
