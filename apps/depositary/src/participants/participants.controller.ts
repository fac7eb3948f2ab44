import {
  Body,
  Controller,
  HttpCode,
  Param,
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
import type { ParticipantEvent } from '#treaty';
import { RegisterParticipants } from '../commands/register-participants.handler.ts';
import { ReadYourWrites } from '../read-your-writes.ts';
import { Recording } from '../treaties/recording.ts';
import { ContinuationDto, DissolutionDto, MembershipDto, RenameDto } from './participant.dto.ts';
import { Needs } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';

export interface ParticipantAnswer {
  readonly outcome: 'recorded' | 'unchanged';
  readonly participant: string;
  readonly position: string | null;
}

type QueryString = Record<string, unknown>;

/** Staff: what happens to participants themselves. No treaty action, but every table shows it. */
@ApiTags('depositary')
@ApiBearerAuth('accessToken')
@UseGuards(StaffGuard)
@Needs('keep-register')
@UsePipes(bodyPipe)
@Controller('depositary/participants/:code')
export class DepositaryParticipantsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly recording: Recording,
    private readonly ledger: Ledger,
    private readonly reads: ReadYourWrites,
  ) {}

  @Post('names')
  @HttpCode(201)
  @ApiOperation({ summary: 'Record a change of name' })
  rename(
    @Param('code') participant: string,
    @Body() { name, nameFr = null, date }: RenameDto,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ParticipantAnswer> {
    onlyKnown(query, []);
    return this.carryOut(
      { type: 'participantRenamed', participant, name, nameFr, date },
      [participant],
      request,
      reply,
    );
  }

  @Post('dissolution')
  @HttpCode(201)
  @ApiOperation({ summary: 'Record that a State ceased to exist' })
  dissolve(
    @Param('code') participant: string,
    @Body() { date, successors }: DissolutionDto,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ParticipantAnswer> {
    onlyKnown(query, []);
    const event = { type: 'participantDissolved', participant, date, successors } as const;
    return this.carryOut(event, [participant, ...successors], request, reply);
  }

  @Post('continuation')
  @HttpCode(201)
  @ApiOperation({ summary: 'Record that a State continues the legal person of another' })
  continuation(
    @Param('code') participant: string,
    @Body() { predecessor, date }: ContinuationDto,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ParticipantAnswer> {
    onlyKnown(query, []);
    const event = { type: 'participantContinued', participant, predecessor, date } as const;
    return this.carryOut(event, [participant, predecessor], request, reply);
  }

  @Post('members')
  @HttpCode(201)
  @ApiOperation({ summary: 'Record membership of a regional economic integration organization' })
  membership(
    @Param('code') organization: string,
    @Body() { member, from, until = null }: MembershipDto,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ParticipantAnswer> {
    onlyKnown(query, []);
    const event = { type: 'membershipRecorded', organization, member, from, until } as const;
    return this.carryOut(event, [organization, member], request, reply);
  }

  private async carryOut(
    event: ParticipantEvent,
    codes: readonly [string, ...string[]],
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ParticipantAnswer> {
    const register = await this.ledger.participants();
    const unknown = codes.find((code) => !Object.hasOwn(register.byCode, code));
    if (unknown === codes[0])
      throw new Problem(
        'not-found',
        `No participant has the code ${unknown.slice(0, 20)}; /participants lists them.`,
      );
    if (unknown !== undefined)
      throw new Problem(
        'refused-by-rule',
        `No participant has the code ${unknown.slice(0, 20)}; /participants lists them.`,
        {
          refusal: 'unknown-participant',
        },
      );
    const meta = this.recording.metaOf(request);
    const { appended, position } = await this.commands.execute(
      new RegisterParticipants([event], meta),
    );
    if (position !== null) {
      void reply.header('Ledger-Position', position);
      await this.reads.waitFor(position);
    }
    if (appended === 0) void reply.status(200);
    return { outcome: appended > 0 ? 'recorded' : 'unchanged', participant: codes[0], position };
  }
}
