import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  numberParameter,
  oneValue,
  onlyKnown,
  positionParameter,
  Problem,
  wordParameter,
} from '#http';
import { languageOf, wantsPage } from '#pages';
import { searchKinds, type SearchKind, type ViewStates } from '#views';
import { answerSchema } from '../answers.schema.ts';
import { Answering } from '../answering.ts';
import { asPeopleAsk } from '../pages/form-query.ts';
import { searchPage } from '../pages/search-page.tsx';
import { answerVersion } from '../queries/answer.ts';
import { RegisterQuery } from '../queries/register-query.handler.ts';
import { RegisterViews } from '../register-views.ts';
import { takes, timeParameterDescriptions, type Parameters } from '../parameters.ts';
import { Today } from '../today.ts';
import { searchAnswer, suggestionsAnswer, type SearchAsked } from './search-answers.ts';
import { SearchIndex } from './search-index.ts';

type QueryString = Readonly<Record<string, unknown>>;
type Answered = (index: SearchIndex, states: ViewStates, asked: SearchAsked) => object;

/** Longest question read. */
const longestQuestion = 200;

const suggestedKinds = ['participant', 'treaty'] as const;

const parametersFor = (kinds: readonly SearchKind[]): Parameters => ({
  q: {
    description: `Words, numbers or codes, ${longestQuestion} characters at most`,
    example: 'crime',
    required: true,
  },
  kind: { description: 'Only these', enum: kinds },
  limit: { description: 'Results at most, up to 50', type: 'integer' },
  atLeast: timeParameterDescriptions.atLeast,
});
const searchParameters = parametersFor(searchKinds);

/** Public: finds treaties, participants, notifications and the texts of actions by words. */
@ApiTags('search')
@Controller('search')
export class SearchController {
  constructor(
    private readonly answering: Answering,
    private readonly index: SearchIndex,
    private readonly views: RegisterViews,
    private readonly clock: Today,
  ) {}

  @Get()
  @takes(searchParameters)
  @ApiOperation({
    summary: 'What fits some words, the best first; misspellings and beginnings too',
  })
  @ApiOkResponse({ schema: answerSchema('SearchResults') })
  search(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer('search', searchKinds, 20, searchAnswer, query, request, reply);
  }

  @Get('suggestions')
  @takes(parametersFor(suggestedKinds))
  @ApiOperation({ summary: 'Participants and treaties whose names begin as is typed' })
  @ApiOkResponse({ schema: answerSchema('SearchSuggestions') })
  suggestions(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer('suggestions', suggestedKinds, 10, suggestionsAnswer, query, request, reply);
  }

  private async answer(
    name: string,
    kinds: readonly SearchKind[],
    usual: number,
    answered: Answered,
    sent: QueryString,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const query = asPeopleAsk(sent, request);
    onlyKnown(query, Object.keys(searchParameters));
    const asked: SearchAsked = {
      // Who looks at the page without a question gets the box to write one in.
      question: wantsPage(request) && query['q'] === undefined ? '' : questionOf(query),
      kind: wordParameter('kind', query['kind'], kinds) ?? null,
      limit: numberParameter('limit', query['limit'], { from: 1, to: 50 }) ?? usual,
      language: languageOf(request),
      today: this.clock.today(),
    };
    const atLeast = positionParameter('atLeast', query['atLeast']);
    await this.index.upToDate(atLeast);
    const { question, kind, limit, language, today } = asked;
    const asks = new RegisterQuery(atLeast, (states) => ({
      key: [
        answerVersion,
        name,
        JSON.stringify([question, kind, limit]),
        language,
        today,
        this.views.position,
      ].join('\n'),
      body: () => answered(this.index, states, asked),
      ...(answered === searchAnswer && {
        page: searchPage(() => answered(this.index, states, asked)),
      }),
      headers: { 'Content-Language': language },
    }));
    return this.answering.send(asks, 'There is nothing to search in.', request, reply);
  }
}

function questionOf(query: QueryString): string {
  const question = oneValue('q', query['q']) ?? '';
  const refuse = (fault: string, detailFr: string): Problem =>
    new Problem('invalid-parameter', `q: ${fault}`, { field: 'q', detailFr });
  if (question.trim() === '')
    throw refuse('write what to look for.', 'Écrivez ce que vous cherchez.');
  if (question.length > longestQuestion)
    throw refuse(
      `write ${longestQuestion} characters at most.`,
      `Écrivez ${longestQuestion} caractères au plus.`,
    );
  return question;
}
