import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { IsCalendarDate } from '#http';
import type { CalendarDate } from '#treaty';

const code = /^[A-Z][A-Z0-9-]{2,19}$/;
const codeMessage = 'must be a participant code such as FRA';

export class RenameDto {
  @ApiProperty({ example: 'Türkiye' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name!: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  nameFr?: string | null;

  @ApiProperty({ format: 'date', example: '2022-06-02' })
  @IsCalendarDate()
  date!: CalendarDate;
}

export class DissolutionDto {
  @ApiProperty({ format: 'date' })
  @IsCalendarDate()
  date!: CalendarDate;

  @ApiProperty({ type: [String] })
  @IsArray()
  @Matches(code, { each: true, message: `each ${codeMessage}` })
  successors!: string[];
}

export class ContinuationDto {
  @ApiProperty({ example: 'SUN' })
  @Matches(code, { message: codeMessage })
  predecessor!: string;

  @ApiProperty({ format: 'date' })
  @IsCalendarDate()
  date!: CalendarDate;
}

export class MembershipDto {
  @ApiProperty({ example: 'HRV' })
  @Matches(code, { message: codeMessage })
  member!: string;

  @ApiProperty({ format: 'date', example: '2013-07-01' })
  @IsCalendarDate()
  from!: CalendarDate;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true })
  @IsOptional()
  @IsCalendarDate()
  until?: CalendarDate | null;
}
