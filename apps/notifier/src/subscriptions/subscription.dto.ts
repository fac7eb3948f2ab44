import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateBy,
} from 'class-validator';
import { actionKinds, type ActionKind } from '#treaty';
import { longestNotice } from '../occurrences/occurrences-of-event.ts';
import { topics, type Filter, type Topic } from '../subscribers/filter.ts';
import { macSchemes, type MacScheme } from '../webhooks/mac.ts';

/** Treaties and participants that one subscription may name. */
export const mostTreaties = 100;
export const mostParticipants = 250;

const kinds = Object.keys(actionKinds) as ActionKind[];
const isTimeZone = (name: unknown): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(name) });
    return typeof name === 'string';
  } catch {
    return false;
  }
};

/** What a subscriber asks for. An empty list narrows nothing. */
export class SubscribeDto {
  @ApiProperty({ enum: ['webhook', 'mail'] })
  @IsIn(['webhook', 'mail'], { message: 'channel must be webhook or mail' })
  channel!: 'webhook' | 'mail';

  @ApiProperty({ description: 'https:// address of the webhook, or a mail address' })
  @IsString({ message: 'target must be the address to send to' })
  @MaxLength(2000)
  target!: string;

  @ApiPropertyOptional({ type: [String], description: 'Treaties, such as XVIII-16' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostTreaties)
  @IsString({ each: true })
  treaties: string[] = [];

  @ApiPropertyOptional({ type: [String], description: 'Codes of participants, such as FRA' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostParticipants)
  @IsString({ each: true })
  participants: string[] = [];

  @ApiPropertyOptional({ enum: kinds, isArray: true })
  @IsOptional()
  @IsArray()
  @IsIn(kinds, { each: true, message: 'kinds must be kinds of actions, such as ratification' })
  kinds: ActionKind[] = [];

  @ApiPropertyOptional({ enum: topics, isArray: true })
  @IsOptional()
  @IsArray()
  @IsIn(topics, { each: true, message: `topics must be of ${topics.join(', ')}` })
  topics: Topic[] = ['actions', 'notifications'];

  @ApiPropertyOptional({ type: [Number], description: 'Told at so many instruments: 30, 39, 40' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(300, { each: true })
  counts: number[] = [];

  @ApiPropertyOptional({ type: [Number], description: 'Days before entry into force: 30, 7, 0' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsInt({ each: true })
  @Min(0, { each: true })
  @Max(longestNotice, { each: true })
  inForceInDays: number[] = [];

  @ApiPropertyOptional({ type: [Number], description: 'Days before the last day for signature' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsInt({ each: true })
  @Min(0, { each: true })
  @Max(longestNotice, { each: true })
  signatureClosesInDays: number[] = [];

  @ApiPropertyOptional({ enum: ['immediate', 'daily', 'weekly'] })
  @IsIn(['immediate', 'daily', 'weekly'], {
    message: 'rhythm must be immediate, daily or weekly',
  })
  rhythm: 'immediate' | 'daily' | 'weekly' = 'immediate';

  @ApiPropertyOptional({ type: String, description: 'Of the digest, such as Europe/Paris' })
  @ValidateBy({
    name: 'isTimeZone',
    validator: {
      validate: isTimeZone,
      defaultMessage: () => 'timeZone must be a zone name such as UTC or Europe/Paris',
    },
  })
  timeZone: string = 'UTC';

  @ApiPropertyOptional({ enum: ['en', 'fr'] })
  @IsIn(['en', 'fr'], { message: 'language must be en or fr' })
  language: 'en' | 'fr' = 'en';

  @ApiPropertyOptional({ enum: macSchemes, description: 'v1: HMAC-SHA256; v1a: Ed25519' })
  @IsIn(macSchemes, { message: 'mac must be v1 or v1a' })
  mac: MacScheme = 'v1';

  @ApiPropertyOptional({
    type: String,
    description: 'Mail address told when the webhook fails, once it has confirmed',
    example: 'operations@example.org',
  })
  @IsOptional()
  @IsString({ message: 'contact must be a mail address' })
  @MaxLength(320)
  contact?: string;
}

/** Who is to be told when a webhook fails. */
export class NameContactDto {
  @ApiProperty({ description: 'Mail address, which is asked first', example: 'ops@example.org' })
  @IsString({ message: 'contact must be a mail address' })
  @MaxLength(320)
  contact!: string;
}

/** The filter in a request. */
export const filterIn = (wanted: SubscribeDto): Filter => ({
  treaties: wanted.treaties,
  participants: wanted.participants,
  kinds: wanted.kinds,
  topics: wanted.topics,
  counts: wanted.counts,
  inForceInDays: wanted.inForceInDays,
  signatureClosesInDays: wanted.signatureClosesInDays,
});
