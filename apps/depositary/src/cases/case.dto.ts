import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { IsCaseContent } from './case-content.schema.ts';
import { caseKinds, type CaseContent, type CaseKind } from './case-content.ts';

export class OpenCaseDto {
  @ApiProperty({ enum: caseKinds })
  @IsIn(caseKinds)
  kind!: CaseKind;

  @ApiProperty({ example: 'XVIII-16' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  treaty!: string;

  @ApiPropertyOptional({ type: Object, example: { acts: [{ kind: 'ratification' }] } })
  @IsOptional()
  @IsCaseContent()
  content?: CaseContent;
}

/** Every change names the version that it was made on. */
export class VersionDto {
  @ApiProperty({ example: 3, description: 'The version of the case that this is about' })
  @IsInt()
  @Min(1)
  version!: number;
}

export class EditCaseDto extends VersionDto {
  @ApiProperty({ type: Object, description: 'The fields that change; answers one by one' })
  @IsCaseContent()
  content!: CaseContent;
}

export class WordsDto extends VersionDto {
  @ApiProperty({ example: 'The date of the instrument cannot be read; please send it again.' })
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  words!: string;
}

export class ApprovalDto extends VersionDto {
  @ApiProperty({ description: 'Of the treaty in the preview', nullable: true, type: Number })
  @IsOptional()
  @IsInt()
  @Min(0)
  revision!: number | null;

  @ApiProperty({ description: 'Of the outcome in the preview' })
  @Matches(/^[A-Za-z0-9_-]{22}$/, { message: 'must be the digest that the preview shows' })
  digest!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '2026-12-01T09:00:00Z',
    description: 'Nothing of it is public before this instant',
  })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/T.*(Z|[+-]\d{2}:\d{2})$/, {
    message: 'must be an instant with its zone: 2026-12-01T09:00:00Z',
  })
  publishAt?: string | null;
}

export class SignaturesDto extends VersionDto {
  @ApiProperty({ example: 'participant,signatory\nFrance,"Jean Dupont, Minister of Justice"\n' })
  @IsString()
  @MinLength(1)
  @MaxLength(200_000)
  table!: string;

  @ApiProperty({ format: 'date', description: 'Of the ceremony, where a row gives no other' })
  @IsString()
  @MaxLength(20)
  date!: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  place?: string | null;
}
