import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
} from 'class-validator';
import { IsCalendarDate } from '#http';
import type { CalendarDate } from '#treaty';

const isFigures = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length > 0 &&
  Object.keys(value).length <= 400 &&
  Object.values(value).every((figure) => Number.isFinite(figure) && figure >= 0);

/** The field is figures by participant code. */
function IsFigures(): PropertyDecorator {
  return ValidateBy({
    name: 'isFigures',
    validator: {
      validate: isFigures,
      defaultMessage: () => 'must be an object of numbers from 0 on, by participant code',
    },
  });
}

export class AttributeTableDto {
  @ApiProperty({ example: 'gross-tonnage', description: 'As conditions name it' })
  @Matches(/^[a-z][a-z0-9-]{1,80}$/, { message: 'must be words in small letters with hyphens' })
  attribute!: string;

  @ApiProperty({ example: "Gross tonnage of the world's merchant fleet" })
  @IsString()
  @MinLength(1)
  @MaxLength(400)
  title!: string;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'gross tonnage' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  unit?: string | null;

  @ApiProperty({ format: 'date', example: '2016-08-01' })
  @IsCalendarDate()
  date!: CalendarDate;

  @ApiProperty({ type: Object, example: { PAN: 225_000_000, LBR: 133_000_000 } })
  @IsFigures()
  values!: Record<string, number>;

  @ApiProperty({ example: 1_190_000_000, description: 'The whole that shares are of' })
  @IsNumber({ allowInfinity: false, allowNaN: false })
  @Min(0)
  total!: number;

  @ApiProperty({ example: 'IHS Maritime, World Fleet Statistics' })
  @IsString()
  @MinLength(1)
  @MaxLength(1000)
  source!: string;
}
