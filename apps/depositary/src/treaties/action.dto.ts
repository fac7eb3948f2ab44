import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { IsCalendarDate } from '#http';
import { actionKinds, type ActionKind, type CalendarDate, type CorrectableFields } from '#treaty';

const kinds = Object.keys(actionKinds) as ActionKind[];
const code = /^[A-Z][A-Z0-9-]{2,19}$/;

export class RecordActionDto {
  @ApiProperty({ enum: kinds, example: 'ratification' })
  @IsIn(kinds)
  kind!: ActionKind;

  @ApiProperty({ example: 'FRA', description: 'ISO 3166-1 alpha-3; EUE for the European Union' })
  @Matches(code, { message: 'must be a participant code such as FRA (ISO 3166-1 alpha-3) or EUE' })
  participant!: string;

  @ApiProperty({
    format: 'date',
    example: '2026-11-20',
    description: 'The legal date of the act: of signature, of deposit, of receipt of a notice',
  })
  @IsCalendarDate()
  date!: CalendarDate;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true })
  @IsOptional()
  @IsCalendarDate()
  dateOfInstrument?: CalendarDate | null;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true })
  @IsOptional()
  @IsCalendarDate()
  dateOfReceipt?: CalendarDate | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date',
    nullable: true,
    description: 'Only where the act names its effect: a succession, a notice with a later date',
  })
  @IsOptional()
  @IsCalendarDate()
  dateOfEffect?: CalendarDate | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  place?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Text of a reservation, declaration, objection',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100_000)
  text?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  territory?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Action confirmed, modified, withdrawn, revoked or objected to',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  relatesTo?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Code of the predecessor, for a succession',
  })
  @IsOptional()
  @Matches(code, { message: 'must be a participant code such as YUG' })
  predecessor?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  note?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  source?: string | null;

  @ApiPropertyOptional({
    description: 'Record the fact although a rule speaks against it; becomes part of the event',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  overrideReason?: string;
}

export class CorrectActionDto {
  @ApiProperty({
    type: Object,
    example: { date: '2026-11-21' },
    description: 'The fields that were wrong, as they should be',
  })
  @IsObject()
  changes!: CorrectableFields;

  @ApiProperty({ example: 'The instrument bears the receipt stamp of 21 November' })
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  overrideReason?: string;
}

export class ReasonDto {
  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason!: string;
}

export class OfficialDateDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Left out: the date of the treaty itself',
  })
  @IsOptional()
  @Matches(code, { message: 'must be a participant code such as FRA' })
  participant?: string | null;

  @ApiProperty({ format: 'date' })
  @IsCalendarDate()
  date!: CalendarDate;

  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason!: string;
}

export class RectifyTextDto {
  @ApiProperty({ format: 'date' })
  @IsCalendarDate()
  date!: CalendarDate;

  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(100_000)
  text!: string;
}
