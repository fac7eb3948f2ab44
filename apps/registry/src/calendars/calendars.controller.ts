import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onlyKnown, positionParameter } from '#http';
import { languageOf, type Language } from '#pages';
import { addDays } from '#treaty';
import { calendarOf, calendarRevision, type CalendarEntry, type ViewStates } from '#views';
import { DocumentQuery } from '../feeds/document-query.handler.ts';
import { Documents } from '../feeds/documents.ts';
import { nameOf, titleOf } from '../feeds/entry-words.ts';
import { inTurns } from '../feeds/in-turns.ts';
import { takes, timeParameterDescriptions, type Parameters } from '../parameters.ts';
import { Publication } from '../publication.ts';
import { Today } from '../today.ts';
import { dayInWords } from './calendar-words.ts';
import { asICalendar, calendarType } from './icalendar.ts';

type QueryString = Record<string, unknown>;

/** Changes whenever the shape of an entry does. */
const calendarVersion = 1;

/** How far back the calendar of the whole register goes, in days; those of a treaty or participant hold all. */
const daysBack = 366;

const calendarParameters: Parameters = { atLeast: timeParameterDescriptions.atLeast };

interface CalendarAsked {
  readonly path: string;
  readonly treaties: (states: ViewStates) => Iterable<string> | null;
  readonly wanted: (entry: CalendarEntry) => boolean;
  readonly name: (states: ViewStates, language: Language) => string;
}

/** Public: legal dates as calendars to subscribe to. */
@ApiTags('calendars')
@Controller()
export class CalendarsController {
  constructor(
    private readonly documents: Documents,
    private readonly publication: Publication,
    private readonly clock: Today,
  ) {}

  @Get('calendar.ics')
  @takes(calendarParameters)
  @ApiProduces('text/calendar')
  @ApiOperation({ summary: 'Legal dates of all treaties, from a year back' })
  all(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const from = addDays(this.clock.today(), -daysBack);
    const asked: CalendarAsked = {
      path: `/calendar.ics ${from}`,
      treaties: ({ treaties }) => treaties.byId.keys(),
      wanted: (entry) => entry.date >= from && isApart(entry),
      name: () => 'The Treaty Ledger',
    };
    return this.send(asked, query, request, reply);
  }

  @Get('treaties/:treaty.ics')
  @takes(calendarParameters)
  @ApiProduces('text/calendar')
  @ApiOperation({ summary: 'Legal dates of one treaty, all of them' })
  ofTreaty(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked: CalendarAsked = {
      path: `/treaties/${treaty}.ics`,
      treaties: ({ treaties }) => (treaties.byId.has(treaty) ? [treaty] : null),
      wanted: isApart,
      name: ({ treaties }, language) => {
        const record = treaties.byId.get(treaty)?.record;
        return record === undefined ? treaty : `${titleOf({ record }, language)} (${treaty})`;
      },
    };
    return this.send(asked, query, request, reply);
  }

  @Get('participants/:code.ics')
  @takes(calendarParameters)
  @ApiProduces('text/calendar')
  @ApiOperation({
    summary: 'Legal dates of one participant, and of the treaties under which it acts',
  })
  ofParticipant(
    @Param('code') code: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked: CalendarAsked = {
      path: `/participants/${code}.ics`,
      treaties: ({ actions, participants }) =>
        Object.hasOwn(participants.register.byCode, code)
          ? (actions.treatiesOf.get(code) ?? [])
          : null,
      wanted: ({ participant }) => participant === null || participant === code,
      name: ({ participants }, language) =>
        nameOf(participants.register, code, this.clock.today(), language),
    };
    return this.send(asked, query, request, reply);
  }

  private send(
    { path, treaties, wanted, name }: CalendarAsked,
    query: QueryString,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, Object.keys(calendarParameters));
    const language = languageOf(request);
    const origin = this.publication.originOf(request);
    void reply.header('Content-Language', language);
    const atLeast = positionParameter('atLeast', query['atLeast']);
    const asked = new DocumentQuery(atLeast, async (states) => {
      const ids = treaties(states);
      if (ids === null) return null;
      const all = [...ids];
      await inTurns(workedOut(states, all));
      const revision = all.map((id) => calendarRevision(states, id)).join(' ');
      return {
        key: [calendarVersion, path, language, origin, revision].join('\n'),
        contentType: calendarType,
        body: () =>
          asICalendar({
            name: name(states, language),
            language,
            address: `${origin}${request.url.split('?')[0] ?? ''}?lang=${language}`,
            days: all
              .flatMap((id) => entriesOf(states, id, wanted))
              .map((entry) => dayInWords(entry, { states, language, origin })),
          }),
      };
    });
    const missing =
      'The register has no such treaty or participant; /treaties and /participants list them.';
    return this.documents.send(asked, missing, request, reply);
  }
}

function entriesOf(
  states: ViewStates,
  treaty: string,
  wanted: CalendarAsked['wanted'],
): CalendarEntry[] {
  return calendarOf(states, treaty)
    .filter((entry) => wanted(entry))
    .toSorted((a, b) => (a.date === b.date ? (a.uid < b.uid ? -1 : 1) : a.date < b.date ? -1 : 1));
}

/** Forty participants for whom a treaty enters into force with it are one line of its calendar, not forty-one. */
const isApart = ({ kind, apart }: CalendarEntry): boolean => kind !== 'party-from' || apart;

/** Works out the calendars of treaties, one after the other. */
function* workedOut(states: ViewStates, treaties: readonly string[]): Generator<undefined> {
  for (const treaty of treaties) {
    calendarOf(states, treaty);
    yield;
  }
}
