import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, onlyKnown, problemCatalogue, sendConditional } from '#http';
import { wantsPage } from '#pages';
import { refusalCatalogue } from '#treaty';
import { Answering } from './answering.ts';
import { changelog, deprecatedRoutes } from './changelog.ts';
import { notFound } from './missing.ts';
import { homePage, homeRevision } from './pages/home-page.tsx';
import { problemCodePage } from './pages/problem-code-page.tsx';
import { RegisterQuery } from './queries/register-query.handler.ts';
import { Today } from './today.ts';

const home = {
  name: 'The Treaty Ledger',
  description:
    'What States did about a treaty, what it means for each of them, and when the treaty enters into force.',
  resources: {
    treaties: '/treaties',
    treaty: '/treaties/{id}',
    status: '/treaties/{id}/status{?asOf,asKnownAt,atLeast}',
    entryIntoForce: '/treaties/{id}/entry-into-force{?asOf,asKnownAt,atLeast}',
    actions: '/treaties/{id}/actions',
    allActions: '/actions',
    participantInTreaty: '/treaties/{id}/participants/{code}',
    changes: '/treaties/{id}/changes{?from,to,fromKnownAt,toKnownAt}',
    participants: '/participants',
    participant: '/participants/{code}',
    action: '/actions/{id}',
    notifications: '/notifications{?year,treaty,participant,from,to,q}',
    notification: '/notifications/{number}',
    treatyNotifications: '/treaties/{id}/notifications',
    search: '/search{?q,kind,limit,lang}',
    suggestions: '/search/suggestions{?q,kind,limit,lang}',
    feed: '/actions.atom{?kind,lang,before,limit}',
    feedOfTreaty: '/treaties/{id}/actions.atom{?kind,lang,before,limit}',
    feedOfParticipant: '/participants/{code}.atom{?kind,lang,before,limit}',
    feedOfNotifications: '/notifications.atom{?lang,before,limit}',
    calendar: '/calendar.ics{?lang}',
    calendarOfTreaty: '/treaties/{id}.ics{?lang}',
    calendarOfParticipant: '/participants/{code}.ics{?lang}',
    attributes: '/attributes',
    finalClauses: '/final-clauses',
    finalClausesSchema: '/final-clauses/schema.json',
    events: '/events{?after,limit}',
    stream: '/stream{?after,treaty,participant,kind}',
    dataset: '/dataset.jsonld',
    changelog: '/changelog',
    health: '/health',
    openapi: '/openapi.json',
  },
} as const;

/** Where a stranger starts, and what the codes of problems mean. */
@ApiTags('home')
@Controller()
export class HomeController {
  constructor(
    private readonly answering: Answering,
    private readonly clock: Today,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What there is' })
  home(
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> | void {
    onlyKnown(query, []);
    const key = JSON.stringify(home);
    // Programs are told what there is without waiting for the views.
    if (!wantsPage(request))
      return this.answering.sendAnswer({ key, body: () => home }, request, reply);
    const today = this.clock.today();
    const asked = new RegisterQuery(undefined, (states) => ({
      key,
      body: () => home,
      page: homePage(states, today),
      pageRevision: homeRevision(states, today),
    }));
    return this.answering.send(asked, 'The register has no front page.', request, reply);
  }

  @Get('changelog')
  @ApiOperation({ summary: 'What changed in this interface, and what will go' })
  changes(
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    onlyKnown(query, []);
    const body = JSON.stringify({ changes: changelog, deprecated: deprecatedRoutes });
    sendConditional(request, reply, { body, tag: entityTag(body) });
  }

  @Get('problems/:code')
  @ApiOperation({ summary: 'What the code of a problem means' })
  problem(
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const entries: Readonly<Record<string, object>> = { ...problemCatalogue, ...refusalCatalogue };
    const entry = Object.hasOwn(entries, code) ? entries[code] : undefined;
    if (entry === undefined)
      throw notFound({
        en: 'No problem has that code.',
        fr: 'Aucun problème n’a ce code.',
      });
    const body = { code, ...entry };
    const page = problemCodePage(body);
    this.answering.sendAnswer(
      { key: JSON.stringify(body), body: () => body, page },
      request,
      reply,
    );
  }
}
