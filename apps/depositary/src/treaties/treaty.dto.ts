import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, MaxLength, MinLength, ValidateBy } from 'class-validator';
import { IsCalendarDate } from '#http';
import { catalogueEntry } from '#catalogue';
import { treatyIdProblem, type CalendarDate, type FinalClauses } from '#treaty';
import { finalClausesFault } from './final-clauses-fault.ts';

/** The field is a FinalClauses object of a version that the law can run. */
function IsFinalClauses(): PropertyDecorator {
  return ValidateBy({
    name: 'isFinalClauses',
    validator: {
      validate: (value) => finalClausesFault(value) === null,
      defaultMessage: (given) => finalClausesFault(given?.value) ?? 'is not valid',
    },
  });
}

/** The field is an id of the catalogue of final clauses. */
function IsCatalogueId(): PropertyDecorator {
  return ValidateBy({
    name: 'isCatalogueId',
    validator: {
      validate: (value) => typeof value === 'string' && catalogueEntry(value) !== null,
      defaultMessage: () => 'must be an id of the catalogue; /final-clauses lists them',
    },
  });
}

/** The field is an id under which a treaty may be registered. */
function IsTreatyId(): PropertyDecorator {
  return ValidateBy({
    name: 'isTreatyId',
    validator: {
      validate: (value) => typeof value === 'string' && treatyIdProblem(value) === null,
      defaultMessage: (given) =>
        (typeof given?.value === 'string' ? treatyIdProblem(given.value) : null) ??
        'must be a text such as XVIII-16',
    },
  });
}

export class RegisterTreatyDto {
  @ApiProperty({ example: 'XVIII-16', description: 'MTDSG number where there is one' })
  @IsTreatyId()
  treaty!: string;

  @ApiProperty({ example: 'United Nations Convention against Cybercrime' })
  @IsString()
  @MinLength(1)
  @MaxLength(1000)
  title!: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  titleFr?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Secretary-General of the United Nations',
  })
  @IsOptional()
  @IsString()
  @MaxLength(400)
  depositary?: string | null;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true, example: '2024-12-24' })
  @IsOptional()
  @IsCalendarDate()
  dateOfAdoption?: CalendarDate | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'New York' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  placeOfAdoption?: string | null;

  @ApiPropertyOptional({
    type: Object,
    description: 'Final clauses as data; left out: nothing is known of them',
  })
  @IsOptional()
  @IsFinalClauses()
  finalClauses?: FinalClauses;

  @ApiPropertyOptional({
    example: 'uncac',
    description: 'Instead of finalClauses: an id of the catalogue, /final-clauses lists them',
  })
  @IsOptional()
  @IsCatalogueId()
  catalogue?: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  source?: string | null;
}

export class RecordFinalClausesDto {
  @ApiPropertyOptional({ type: Object, description: 'Final clauses as data, or `catalogue`' })
  @IsOptional()
  @IsObject()
  @IsFinalClauses()
  finalClauses?: FinalClauses;

  @ApiPropertyOptional({ example: 'uncac', description: 'An id of the catalogue' })
  @IsOptional()
  @IsCatalogueId()
  catalogue?: string;

  @ApiProperty({ example: 'Article 68 read in the certified true copy' })
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason!: string;
}
