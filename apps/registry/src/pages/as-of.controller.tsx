import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { knownAtParameter, oneValue, Problem } from '#http';
import type { VNode } from 'preact';
import {
  ErrorSummary,
  datePartsIn,
  datePartsOf,
  languageOf,
  readDate,
  sendPage,
  type DateParts,
  type Language,
} from '#pages';
import { Publication } from '../publication.ts';
import { RegisterPage } from './frame.tsx';
import { CompareForm, MomentForm } from './moment-forms.tsx';
import { pageWords } from './words.ts';

/** Turns the date box of a page, which has no script to do it, into the address of that page at that date. */
@ApiExcludeController()
@Controller('as-of')
export class AsOfController {
  constructor(private readonly publication: Publication) {}

  @Get()
  go(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const language = languageOf(request);
    const said = pageWords[language].time;
    const url = pageAsked(oneValue('page', query['page']));
    const typed = readTyped(query, language);
    if (Object.keys(typed.errors).length === 0) {
      for (const [name, value] of Object.entries(typed.values)) setOrDelete(url, name, value);
      url.searchParams.set('lang', language);
      void reply
        .status(303)
        .header('Location', url.pathname + url.search)
        .send();
      return;
    }
    const page = url.pathname + url.search;
    const { takesSubscriptions } = this.publication;
    sendPage(
      reply,
      <RegisterPage
        context={{ language, address: page, origin: '', takesSubscriptions }}
        title={said.formTitle}
      >
        <ErrorSummary
          language={language}
          faults={Object.entries(typed.errors).map(([name, sentence]) => ({
            field: name === 'asKnownAt' ? name : `${name}-day`,
            sentence,
          }))}
        />
        <h1>{said.formTitle}</h1>
        <Again language={language} page={page} typed={typed} />
      </RegisterPage>,
      400,
    );
  }
}

/** What forms about moments send: one date with what was known, or two dates. */
const dateNames = ['asOf', 'from', 'to'] as const;

interface Typed {
  readonly parts: Readonly<Record<string, DateParts>>;
  /** By parameter of the page; null: to be left out. */
  readonly values: Readonly<Record<string, string | null>>;
  readonly errors: Readonly<Record<string, string>>;
  readonly asKnownAt: string;
}

function readTyped(query: Readonly<Record<string, unknown>>, language: Language): Typed {
  const parts: Record<string, DateParts> = {};
  const values: Record<string, string | null> = {};
  const errors: Record<string, string> = {};
  for (const name of dateNames) {
    if (!(`${name}-day` in query)) continue;
    const given = datePartsIn(query, name);
    const read = readDate(given, language);
    parts[name] = given;
    values[name] = read.outcome === 'date' ? read.date : null;
    // No date at all is today; of two dates to compare both are needed.
    if ('sentence' in read && (read.outcome !== 'missing' || name !== 'asOf'))
      errors[name] = read.sentence;
  }
  const asKnownAt = (oneValue('asKnownAt', query['asKnownAt']) ?? '').trim();
  if ('asKnownAt' in query) {
    values['asKnownAt'] = asKnownAt === '' ? null : knownOrNull(asKnownAt);
    if (asKnownAt !== '' && values['asKnownAt'] === null)
      errors['asKnownAt'] = pageWords[language].time.wrongKnown;
  }
  return { parts, values, errors, asKnownAt };
}

/** The same form again, as it was filled in. */
function Again(props: {
  readonly language: Language;
  readonly page: string;
  readonly typed: Typed;
}): VNode {
  const { language, page, typed } = props;
  const { parts, errors, asKnownAt } = typed;
  const { from, to, asOf = datePartsOf(null) } = parts;
  if (from !== undefined && to !== undefined)
    return (
      <CompareForm
        {...{ language, page, errors }}
        from={{ parts: from, asKnownAt: null }}
        to={{ parts: to, asKnownAt: null }}
      />
    );
  return (
    <MomentForm
      {...{ language, page, errors }}
      parts={asOf}
      asOf={null}
      asKnownAt={asKnownAt === '' ? null : asKnownAt}
    />
  );
}

/** A page of this register, never another site: only the path and the query are kept. */
function pageAsked(page: string | undefined): URL {
  if (page?.startsWith('/') === true && URL.canParse(page, 'http://register.invalid')) {
    const url = new URL(page, 'http://register.invalid');
    if (url.host === 'register.invalid' && !url.pathname.startsWith('//')) return url;
  }
  throw new Problem('invalid-parameter', 'page: give the path of a page of this register.', {
    field: 'page',
    detailFr: 'page : donnez le chemin d’une page de ce registre.',
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
