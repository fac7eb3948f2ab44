import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oneValue, onlyKnown, SeeOther } from '#http';
import { languageOf, wantsPage, type Language } from '#pages';
import { NotifierRuntime } from '../notifier-runtime.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import type { ToldBack } from './manage-page.tsx';
import { faultSaid, Refusal, UnknownSubscription } from './refusals.ts';
import { addressOf, SubscriptionPages, type OpenedPage } from './subscription-pages.tsx';
import type { Done } from './subscriptions.schema.ts';

export type QueryString = Record<string, unknown>;

/** What came of a request: the answer for a program, and what a page says. */
export interface Outcome {
  readonly body: object;
  /** A word where the page is asked for by GET then, so that loading it again repeats nothing. */
  readonly page: Done | ToldBack;
}

export interface Asked {
  readonly id: string;
  readonly query: QueryString;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What may be done with a subscription, by who holds its token. */
@Injectable()
export class SubscriptionDoings {
  constructor(
    private readonly runtime: NotifierRuntime,
    private readonly pages: SubscriptionPages,
  ) {}

  /** Does something for who holds the token, and answers a program with JSON and a person with a page. */
  async carryOut(
    asked: Asked & { readonly typed?: unknown },
    work: (row: SubscriberRow, language: Language) => Promise<Outcome>,
  ): Promise<void> {
    const { request, reply, typed } = asked;
    const opened = await this.opened(asked);
    const language = languageOf(request);
    try {
      const { body, page } = await work(opened.row, language);
      if (!wantsPage(request)) void reply.status(200).send(body);
      else if (typeof page === 'string') throw new SeeOther(`${addressOf(opened)}&done=${page}`);
      else await this.pages.sendManage(opened, { told: page });
    } catch (error) {
      if (!(error instanceof Refusal) || !wantsPage(request)) throw error;
      const sentence = error.said[language];
      const form = { from: 'replay', contact: 'contact' } as const;
      const field = error.fields[0]?.field ?? error.beside;
      await this.pages.sendManage(opened, {
        status: error.details.status,
        ...(field === 'from' || field === 'contact'
          ? {
              wrong: {
                form: form[field],
                typed: typeof typed === 'string' ? typed.slice(0, 100) : '',
                sentence,
              },
            }
          : { told: { tone: 'bad', sentence } }),
      });
    }
  }

  /** The subscription that a request opens. @throws UnknownSubscription for a wrong token as for none */
  async opened({ id, query, request, reply }: Asked): Promise<OpenedPage> {
    onlyKnown(query, ['token']);
    const token = tokenOf(query, request);
    const row =
      token === undefined ? undefined : await this.runtime.parts.subscriptions.opened(id, token);
    if (row !== undefined && token !== undefined) return { request, reply, row, token };
    throw new UnknownSubscription(
      'No subscription is opened by this link; it may have been deleted, or the token is another one.',
    );
  }
}

function tokenOf(query: QueryString, { headers }: FastifyRequest): string | undefined {
  const bearer = /^Bearer (\S{1,200})$/.exec(headers.authorization ?? '')?.[1];
  return bearer ?? oneValue('token', query['token']);
}

/** Nothing goes to who has not confirmed. */
export const notConfirmed = (): Refusal =>
  new Refusal(
    'conflict',
    'The subscription is not confirmed yet: answer the challenge, or use the link in the message.',
    faultSaid((words) => words.notConfirmed),
  );

/** @throws Refusal for a subscription that is not confirmed, or was ended by its receiver for good */
export function refuseWhereNothingGoesOut({ state }: SubscriberRow): void {
  if (state === 'pending') throw notConfirmed();
  if (state === 'stopped')
    throw new Refusal(
      'conflict',
      'The receiver answered 410, so it wants no more deliveries for good; subscribe again.',
      faultSaid((words) => words.stopped),
    );
}
