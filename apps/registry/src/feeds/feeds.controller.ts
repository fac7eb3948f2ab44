import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { numberParameter, onlyKnown, positionParameter, wordParameter } from '#http';
import { languageOf } from '#pages';
import { actionKinds, type ActionKind } from '#treaty';
import { feedPage, feedRevision, workOutFeed, type ViewStates } from '#views';
import { asAtom } from './atom.ts';
import { DocumentQuery } from './document-query.handler.ts';
import { Documents } from './documents.ts';
import { itemOfEntry, type EntryContext } from './entries.ts';
import { actionLabel, nameOf, titleOf } from './entry-words.ts';
import { feedTypes, type Feed, type FeedFormat, type FeedItem } from './feed.ts';
import { inTurns } from './in-turns.ts';
import { asJsonFeed } from './json-feed.ts';
import { notificationItems } from './notification-entries.ts';
import { takes, timeParameterDescriptions, type Parameters } from '../parameters.ts';
import { Publication } from '../publication.ts';
import { Today } from '../today.ts';

type QueryString = Record<string, unknown>;
const kinds = Object.keys(actionKinds) as ActionKind[];
const types = Object.values(feedTypes).map((type) => type.split(';')[0] ?? type);

/** Changes whenever the shape of an entry does, so that a reader's old copy is not confirmed. */
const feedVersion = 2;

/** Entries on a page when nothing is asked, and at most. */
const usualEntries = 50;
const mostEntries = 100;

const feedParameters: Parameters = {
  before: { description: 'Ledger position: only what was recorded before it, as "next" asks' },
  limit: { description: 'Entries on a page, 50 when left out, 100 at most', type: 'integer' },
  atLeast: timeParameterDescriptions.atLeast,
};
const actionFeedParameters: Parameters = {
  kind: { description: 'Kind of action', enum: kinds },
  ...feedParameters,
};

interface FeedOf {
  /** The address without `.atom` or `.json`. */
  readonly path: string;
  /** The page for people. */
  readonly alternate: string;
  readonly treaty: string | null;
  readonly participant: string | null;
  readonly notifications: boolean;
}

interface PageOfFeed {
  readonly format: FeedFormat;
  readonly kind: ActionKind | null;
  readonly before: string | null;
  readonly limit: number;
}

/** Public: what was recorded, as Atom and JSON Feed; a correction is an entry of its own and updates the first. */
@ApiTags('feeds')
@Controller()
export class FeedsController {
  constructor(
    private readonly documents: Documents,
    private readonly publication: Publication,
    private readonly clock: Today,
  ) {}

  @Get(['actions.atom', 'actions.json'])
  @takes(actionFeedParameters)
  @ApiProduces(...types)
  @ApiOperation({ summary: 'Feed of everything recorded under all treaties' })
  actions(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = { path: '/actions', alternate: '/', treaty: null, participant: null };
    return this.send({ ...of, notifications: false }, query, request, reply);
  }

  @Get(['treaties/:treaty/actions.atom', 'treaties/:treaty/actions.json'])
  @takes(actionFeedParameters)
  @ApiProduces(...types)
  @ApiOperation({ summary: 'Feed of what was recorded under one treaty' })
  ofTreaty(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const alternate = `/treaties/${encodeURIComponent(treaty)}`;
    const of = { path: `${alternate}/actions`, alternate, treaty, participant: null };
    return this.send({ ...of, notifications: false }, query, request, reply);
  }

  @Get(['participants/:code.atom', 'participants/:code.json'])
  @takes(actionFeedParameters)
  @ApiProduces(...types)
  @ApiOperation({ summary: 'Feed of what one participant did under all treaties' })
  ofParticipant(
    @Param('code') participant: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = `/participants/${encodeURIComponent(participant)}`;
    const of = { path, alternate: path, treaty: null, participant };
    return this.send({ ...of, notifications: false }, query, request, reply);
  }

  @Get(['notifications.atom', 'notifications.json'])
  @takes(feedParameters)
  @ApiProduces(...types)
  @ApiOperation({ summary: 'Feed of depositary notifications' })
  notifications(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = '/notifications';
    const of = { path, alternate: path, treaty: null, participant: null };
    return this.send({ ...of, notifications: true }, query, request, reply);
  }

  @Get(['treaties/:treaty/notifications.atom', 'treaties/:treaty/notifications.json'])
  @takes(feedParameters)
  @ApiProduces(...types)
  @ApiOperation({ summary: 'Feed of depositary notifications about one treaty' })
  notificationsOfTreaty(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = `/treaties/${encodeURIComponent(treaty)}/notifications`;
    const of = { path, alternate: path, treaty, participant: null };
    return this.send({ ...of, notifications: true }, query, request, reply);
  }

  private send(
    of: FeedOf,
    query: QueryString,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, Object.keys(of.notifications ? feedParameters : actionFeedParameters));
    const page: PageOfFeed = {
      format: /\.atom(\?|$)/.test(request.url) ? 'atom' : 'json',
      kind: wordParameter('kind', query['kind'], kinds) ?? null,
      before: positionParameter('before', query['before']) ?? null,
      limit: numberParameter('limit', query['limit'], { from: 1, to: mostEntries }) ?? usualEntries,
    };
    const language = languageOf(request);
    const origin = this.publication.originOf(request);
    void reply.header('Content-Language', language);
    const atLeast = positionParameter('atLeast', query['atLeast']);
    const asked = new DocumentQuery(atLeast, async (states) => {
      if (!of.notifications) await inTurns(workOutFeed(states, { ...of, ...page }));
      const revision = revisionOf(states, of, page);
      if (revision === null) return null;
      const context = { participants: states.participants.register, language, origin };
      const { format, kind, before, limit } = page;
      const key = [feedVersion, format, of.path, kind, before, limit, language, origin, revision];
      const write = format === 'atom' ? asAtom : asJsonFeed;
      return {
        key: key.join('\n'),
        contentType: feedTypes[format],
        body: () => write(this.feedOf(states, of, page, context)),
      };
    });
    const missing =
      'The register has no such treaty or participant; /treaties and /participants list them.';
    return this.documents.send(asked, missing, request, reply);
  }

  private feedOf(states: ViewStates, of: FeedOf, page: PageOfFeed, context: EntryContext): Feed {
    const { origin, language } = context;
    const { items, next } = itemsOf(states, of, page, context);
    const address = (more: Readonly<Record<string, string | null>>): string => {
      const url = new URL(`${origin}${of.path}.${page.format}`);
      if (page.kind !== null) url.searchParams.set('kind', page.kind);
      url.searchParams.set('lang', language);
      for (const [name, value] of Object.entries(more))
        if (value !== null) url.searchParams.set(name, value);
      return url.href;
    };
    const limit = page.limit === usualEntries ? null : String(page.limit);
    return {
      ...this.wordsOf(states, of, page, language),
      language,
      id: address({}),
      self: address({ limit, before: page.before }),
      first: address({ limit }),
      next: next === null ? null : address({ limit, before: next }),
      alternate: `${origin}${of.alternate}`,
      items,
      // Atom wants a time of every feed; a ledger without any event has none to tell.
      emptyAt: states.participants.history.at(-1)?.recordedAt ?? '1970-01-01T00:00:00.000Z',
    };
  }

  private wordsOf(
    states: ViewStates,
    { treaty, participant, notifications }: FeedOf,
    { kind }: PageOfFeed,
    language: EntryContext['language'],
  ): Pick<Feed, 'title' | 'description'> {
    const what = notifications
      ? { en: 'Depositary notifications', fr: 'Notifications dépositaires' }[language]
      : kind === null
        ? { en: 'Treaty actions', fr: 'Formalités' }[language]
        : actionLabel(kind, language);
    const record = treaty === null ? undefined : states.treaties.byId.get(treaty)?.record;
    const whose =
      record !== undefined
        ? `${titleOf({ record }, language)} (${record.treaty})`
        : participant === null
          ? 'The Treaty Ledger'
          : nameOf(states.participants.register, participant, this.clock.today(), language);
    const description = {
      en: 'What the depositary recorded, the latest first. A correction is an entry of its own and updates the first.',
      fr: 'Ce que le dépositaire a inscrit, du plus récent au plus ancien. Une correction est une entrée distincte et met à jour la première.',
    }[language];
    return { title: `${whose} – ${what}`, description };
  }
}

function revisionOf(states: ViewStates, of: FeedOf, page: PageOfFeed): string | null {
  const revision = feedRevision(states, { ...of, ...page });
  if (!of.notifications || revision === null) return revision;
  return `${revision} ${states.notifications.issued.at(-1)?.position ?? ''}`;
}

function itemsOf(
  states: ViewStates,
  of: FeedOf,
  page: PageOfFeed,
  context: EntryContext,
): { items: readonly FeedItem[]; next: string | null } {
  if (of.notifications) return notificationItems(states, { ...of, ...page }, context);
  const { entries, next } = feedPage(states, { ...of, ...page });
  return { items: entries.map((entry) => itemOfEntry(entry, context)), next };
}
