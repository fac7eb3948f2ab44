import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
  UsePipes,
} from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsOptional, IsString, MaxLength, MinLength, ValidateNested } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyPipe, onlyKnown, SeeOther, wordParameter } from '#http';
import { wantsPage } from '#pages';
import { VersionDto } from '../cases/case.dto.ts';
import { ReadYourWrites } from '../read-your-writes.ts';
import { Needs, officerOf } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { NotificationDesk, type NotificationDraft } from './notification-desk.ts';

class CirculatedDto {
  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(100_000)
  en!: string;

  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(100_000)
  fr!: string;
}

class EditNotificationDto extends VersionDto {
  @ApiPropertyOptional({ type: CirculatedDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => CirculatedDto)
  subject?: CirculatedDto;

  @ApiPropertyOptional({ type: CirculatedDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => CirculatedDto)
  text?: CirculatedDto;
}

class OpenNotificationDto {
  @ApiProperty({ example: 'XVIII-16' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  treaty!: string;

  @ApiProperty({ type: CirculatedDto })
  @ValidateNested()
  @Type(() => CirculatedDto)
  subject!: CirculatedDto;

  @ApiProperty({ type: CirculatedDto })
  @ValidateNested()
  @Type(() => CirculatedDto)
  text!: CirculatedDto;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'C.N.12.2026.TREATIES-XVIII.16' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  corrects?: string | null;
}

const states = ['draft', 'issuing', 'issued'] as const;

/** Staff: notifications before they are out. What was issued is public at `/notifications`. */
@ApiTags('desk')
@UseGuards(StaffGuard)
@UsePipes(bodyPipe)
@Controller('depositary/notification-drafts')
export class NotificationDraftsController {
  constructor(
    private readonly desk: NotificationDesk,
    private readonly reads: ReadYourWrites,
  ) {}

  @Get()
  @Needs('read-cases')
  @ApiOperation({ summary: 'Drafts, the oldest first' })
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<{ drafts: NotificationDraft[] }> {
    if (wantsPage(request)) throw new SeeOther('/depositary/desk/notifications');
    onlyKnown(query, ['state']);
    const state = wordParameter('state', query['state'], states);
    return { drafts: await this.desk.list(state === undefined ? ['draft', 'issuing'] : [state]) };
  }

  @Post()
  @Needs('issue-notifications')
  @ApiOperation({ summary: 'Write a notification that no case made, such as a corrigendum' })
  open(
    @Body() { treaty, subject, text, corrects = null }: OpenNotificationDto,
    @Req() request: FastifyRequest,
  ): Promise<NotificationDraft> {
    const plain = ({ en, fr }: CirculatedDto) => ({ en, fr });
    const words = {
      subject: plain(subject),
      text: plain(text),
      actions: [],
      announcesEntryIntoForce: null,
      corrects,
    };
    return this.desk.open(treaty, words, officerOf(request));
  }

  @Get(':id')
  @Needs('read-cases')
  @ApiOperation({ summary: 'One draft of a notification, in both languages' })
  get(@Param('id') id: string, @Req() request: FastifyRequest): Promise<NotificationDraft> {
    if (wantsPage(request))
      throw new SeeOther(`/depositary/desk/notifications/${encodeURIComponent(id)}`);
    return this.desk.get(id);
  }

  @Patch(':id')
  @Needs('issue-notifications')
  @ApiOperation({ summary: 'Change the words of a draft' })
  edit(
    @Param('id') id: string,
    @Body() { version, subject, text }: EditNotificationDto,
    @Req() request: FastifyRequest,
  ): Promise<NotificationDraft> {
    const edit = {
      ...(subject !== undefined && { subject: { en: subject.en, fr: subject.fr } }),
      ...(text !== undefined && { text: { en: text.en, fr: text.fr } }),
    };
    return this.desk.edit(id, version, edit, officerOf(request));
  }

  @Post(':id/issue')
  @HttpCode(200)
  @Needs('issue-notifications')
  @ApiOperation({ summary: 'Give it the next number of the year, and circulate it' })
  async issue(
    @Param('id') id: string,
    @Body() { version }: VersionDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NotificationDraft> {
    const { draft, position } = await this.desk.issue(id, version, officerOf(request));
    if (position !== null) {
      void reply.header('Ledger-Position', position);
      await this.reads.waitFor(position);
    }
    if (draft.notification !== null)
      void reply.header('Location', `/notifications/${draft.notification}`);
    return draft;
  }
}
