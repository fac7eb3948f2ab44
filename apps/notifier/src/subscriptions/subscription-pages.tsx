import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { inLanguage, languageOf, sendPage } from '#pages';
import { NotifierRuntime } from '../notifier-runtime.ts';
import { positionIn } from '../occurrences/place.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import type { ShownContact } from './contact-section.tsx';
import { logged } from './delivery-log.tsx';
import { FilterInWords } from './filter-in-words.tsx';
import { ManagePage, type Managed } from './manage-page.tsx';
import { AskPage, DonePage } from './result-page.tsx';
import { subscriptionWords } from './words.ts';

/** A request for a page, with the token that opened the subscription. */
export interface OpenedPage {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly row: SubscriberRow;
  readonly token: string;
}

/** The address of a subscription or of one of its doings, with its token. */
export function addressOf({ row, token, request }: OpenedPage, doing = ''): string {
  const path = `/subscriptions/${row.id}${doing === '' ? '' : `/${doing}`}`;
  return inLanguage(`${path}?token=${encodeURIComponent(token)}`, languageOf(request));
}

/** The pages of one subscription, for who holds its management token. */
@Injectable()
export class SubscriptionPages {
  constructor(private readonly runtime: NotifierRuntime) {}

  /** The subscription as it stands now, with what was just done or refused. */
  async sendManage(
    opened: OpenedPage,
    about: Partial<Pick<Managed, 'told' | 'wrong'>> & { readonly status?: number } = {},
  ): Promise<void> {
    const { told = null, wrong = null, status = 200 } = about;
    const { parts, reader } = this.runtime;
    const { subscriptions } = parts;
    // What was asked for may have changed it.
    const row = (await subscriptions.find(opened.row.id)) ?? opened.row;
    const position = positionIn(row.place);
    const page = ManagePage({
      ...this.shown(opened, row),
      toldUpTo: { position, recordedAt: reader.timeline.ofEventAt(position)?.time ?? null },
      deliveries: logged(await subscriptions.deliveriesOf(row.id), reader.timeline),
      contact: await this.contactOf(row),
      mailOffered: parts.contactMail.isOffered,
      told,
      wrong,
      address: addressOf(opened),
      doing: (what) => addressOf(opened, what),
    });
    sendPage(opened.reply, page, status);
  }

  /** Asks once more before everything is erased. */
  sendAskToErase(opened: OpenedPage): void {
    const said = subscriptionWords[languageOf(opened.request)].erase;
    const shown = this.shown(opened, opened.row);
    const page = (
      <AskPage
        language={shown.language}
        address={addressOf(opened, 'erasure')}
        title={said.title}
        lead={said.lead}
        action={addressOf(opened, 'erasure')}
        button={said.erase}
        danger
        instead={<a href={addressOf(opened)}>{said.keep}</a>}
      >
        <FilterInWords {...shown} mac={null} />
      </AskPage>
    );
    sendPage(opened.reply, page);
  }

  /** Says that everything is erased. */
  sendErased({ request, reply }: OpenedPage): void {
    const language = languageOf(request);
    const said = subscriptionWords[language].erase;
    sendPage(
      reply,
      <DonePage
        language={language}
        address="/subscriptions"
        title={said.erased}
        sentence={said.erasedLead}
        tone="good"
        again
      />,
    );
  }

  /** The contact of a subscription, for who owns it. */
  async contactOf(row: SubscriberRow): Promise<ShownContact | null> {
    const { contacts } = this.runtime.parts;
    const contact = await contacts.of(row);
    return contact === undefined
      ? null
      : { address: contacts.addressOf(contact), state: contact.state, namedAt: contact.named_at };
  }

  private shown({ request }: OpenedPage, row: SubscriberRow) {
    const { parts, reader } = this.runtime;
    return {
      language: languageOf(request),
      states: reader.states(),
      row,
      target: parts.subscriptions.targetOf(row),
      mac: parts.subscriptions.secretsOf(row)?.scheme ?? null,
    };
  }
}
