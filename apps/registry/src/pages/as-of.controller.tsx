import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { knownAtParameter, oneValue, Problem } from '#http';
import { ErrorSummary, datePartsIn, languageOf, readDate, sendPage } from '#pages';
import { MomentForm, RegisterPage } from './frame.tsx';
import { pageWords } from './words.ts';

/** Turns the date box of a page, which has no script to do it, into the address of that page at that date. */
@ApiExcludeController()
@Controller('as-of')
export class AsOfController {
  @Get()
  go(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const language = languageOf(request);
    const said = pageWords[language].time;
    const url = pageAsked(oneValue('page', query['page']));
    const parts = datePartsIn(query, 'asOf');
    const read = readDate(parts, language);
    const typed = (oneValue('asKnownAt', query['asKnownAt']) ?? '').trim();
    const known = typed === '' ? null : knownOrNull(typed);
    const errors = {
      ...('sentence' in read && read.outcome !== 'missing' && { asOf: read.sentence }),
      ...(typed !== '' && known === null && { asKnownAt: said.wrongKnown }),
    };
    if (errors.asOf === undefined && errors.asKnownAt === undefined) {
      setOrDelete(url, 'asOf', read.outcome === 'date' ? read.date : null);
      setOrDelete(url, 'asKnownAt', known);
      url.searchParams.set('lang', language);
      void reply
        .status(303)
        .header('Location', url.pathname + url.search)
        .send();
      return;
    }
    const faults = [
      ...(errors.asOf === undefined ? [] : [{ field: 'asOf-day', sentence: errors.asOf }]),
      ...(errors.asKnownAt === undefined
        ? []
        : [{ field: 'asKnownAt', sentence: errors.asKnownAt }]),
    ];
    const page = url.pathname + url.search;
    const context = { language, address: page, origin: '' };
    sendPage(
      reply,
      <RegisterPage context={context} title={said.formTitle}>
        <ErrorSummary language={language} faults={faults} />
        <h1>{said.formTitle}</h1>
        <MomentForm
          {...{ language, page, parts, errors }}
          asOf={null}
          asKnownAt={typed === '' ? null : typed}
        />
      </RegisterPage>,
      400,
    );
  }
}

/** A page of this register, never another site: only the path and the query are kept. */
function pageAsked(page: string | undefined): URL {
  if (page?.startsWith('/') === true && URL.canParse(page, 'http://register.invalid')) {
    const url = new URL(page, 'http://register.invalid');
    if (url.host === 'register.invalid' && !url.pathname.startsWith('//')) return url;
  }
  throw new Problem('invalid-parameter', 'page: give the path of a page of this register.', {
    field: 'page',
  });
}

function knownOrNull(typed: string): string | null {
  try {
    return knownAtParameter('asKnownAt', typed) ?? null;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

function setOrDelete({ searchParams }: URL, name: string, value: string | null): void {
  if (value === null) searchParams.delete(name);
  else searchParams.set(name, value);
}
