import {
  Body,
  Controller,
  HttpCode,
  Param,
  Post,
  Query,
  UseGuards,
  UsePipes,
} from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { bodyPipe, dateParameter, onlyKnown, Problem } from '#http';
import { Ledger } from '#ledger';
import { Clock } from '../clock.ts';
import { Needs } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { reconcile, type Reconciliation } from './reconcile.ts';
import { readStatusFile, type StatusFile } from './status-file.ts';

class StatusFileDto {
  @ApiProperty({ description: 'CSV in the columns of import, or XML of a UN status table' })
  @IsString()
  @MinLength(1)
  @MaxLength(240_000)
  file!: string;
}

/** Staff: the ledger beside a status file from elsewhere. Stores nothing. */
@ApiTags('desk')
@UseGuards(StaffGuard)
@UsePipes(bodyPipe)
@Controller('depositary/treaties/:treaty/reconciliation')
export class ReconciliationController {
  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @Needs('reconcile')
  @ApiOperation({ summary: 'What differs between the ledger and a status file' })
  async compare(
    @Param('treaty') treaty: string,
    @Body() { file }: StatusFileDto,
    @Query() query: Record<string, unknown>,
  ): Promise<Reconciliation & Pick<StatusFile, 'unread'>> {
    onlyKnown(query, ['asOf']);
    const asOf = dateParameter('asOf', query['asOf']) ?? this.clock.today();
    const { record } = await this.ledger.loadTreaty(treaty);
    if (record.registered === null)
      throw new Problem('not-found', `The register has no treaty ${treaty.slice(0, 60)}.`);
    const read = statusFile(file, treaty);
    const compared = reconcile(record, await this.ledger.participants(), read.entries, asOf);
    return { ...compared, unread: read.unread };
  }
}

function statusFile(text: string, treaty: string): StatusFile {
  try {
    return readStatusFile(text, treaty);
  } catch (error) {
    throw new Problem('invalid-fields', error instanceof Error ? error.message : String(error), {
      field: 'file',
    });
  }
}
