import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Ledger } from '#ledger';
import { inLanguage, languageOf, nameOfCode, type Language } from '#pages';
import type { CalendarDate, ParticipantRegister } from '#treaty';
import { Clock } from '../clock.ts';
import { formTokenFor, officerOf, type Officer } from '../staff/officer.ts';
import { deskWords, type DeskWords } from './words.ts';

/** What the frame of a page for officers is made from: whose page it is, and where. */
export interface FrameContext {
  readonly language: Language;
  readonly said: DeskWords;
  readonly officer: Officer;
  readonly formToken: string;
  /** The page's own address, for the switch of languages. */
  readonly address: string;
}

/** Everything that a page of the desk is made for and from, beside what it is about. */
export interface DeskContext extends FrameContext {
  readonly today: CalendarDate;
  readonly participants: ParticipantRegister;
}

/** Where the pages of the desk are. */
export const deskPath = '/depositary/desk';

/** An address of the desk in the language of the page. */
export const at = ({ language }: Pick<FrameContext, 'language'>, path: string): string =>
  inLanguage(`${deskPath}${path}`, language);

/** The name of a participant in the language of the page. */
export const nameOf = ({ participants, today, language }: DeskContext, code: string): string =>
  nameOfCode(participants, code, today, language);

/** A name and what is said of it: `France: Ratification`, `France : Ratification`. */
export const saidOf = ({ language }: Pick<DeskContext, 'language'>, name: string, what: string) =>
  language === 'fr' ? `${name}\u00a0: ${what}` : `${name}: ${what}`;

/**
 * What the frame of the page that answers a request needs. A guard must have said who sends it.
 * @throws Problem `invalid-parameter` for a `lang` that has no words
 */
export function frameContextOf(request: FastifyRequest): FrameContext {
  const language = languageOf(request);
  return {
    language,
    said: deskWords[language],
    officer: officerOf(request),
    formToken: formTokenFor(request),
    // A form that came back with faults stands at the address of its page.
    address: request.method === 'GET' ? request.url : inLanguage(pageOfForm(request), language),
  };
}

/** Words as somebody wrote them, in the quotation marks of the page's language. */
export const quoted = ({ language }: Pick<DeskContext, 'language'>, words: string): string =>
  language === 'fr' ? `«\u00a0${words}\u00a0»` : `“${words}”`;

/** Collects what every page of the desk needs. */
@Injectable()
export class DeskContexts {
  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  async of(request: FastifyRequest): Promise<DeskContext> {
    return {
      ...frameContextOf(request),
      today: this.clock.today(),
      participants: await this.ledger.participants(),
    };
  }
}

/** The page from which a form came, where it is one of the desk; else the desk. */
function pageOfForm({ headers }: FastifyRequest): string {
  const from = URL.parse(headers.referer ?? '');
  return from?.pathname.startsWith(deskPath) === true ? from.pathname : '/depositary';
}
