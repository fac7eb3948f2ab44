import {
  Body,
  Controller,
  Delete,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyPipe, TakesForms } from '#http';
import { wantsPage } from '#pages';
import { NotifierRuntime } from '../notifier-runtime.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { SecretAddress } from './secret-address.ts';
import { Subscribing } from './subscribing.ts';
import { SubscriptionDoings, type QueryString } from './subscription-doings.ts';
import { NameContactDto } from './subscription.dto.ts';
import { opensByToken } from './subscriptions.schema.ts';
import { UnknownSubscriptionFilter } from './unknown-subscription.filter.ts';
import { subscriptionWords } from './words.ts';

/** The contact of a webhook, for who holds the management token of the subscription. */
@ApiTags('subscriptions')
@ApiBearerAuth()
@UseInterceptors(SecretAddress)
@UseFilters(UnknownSubscriptionFilter)
@Controller('subscriptions/:subscription/contact')
export class ContactController {
  constructor(
    private readonly runtime: NotifierRuntime,
    private readonly subscribing: Subscribing,
    private readonly doings: SubscriptionDoings,
  ) {}

  @Post()
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Name who is told by mail when the webhook fails' })
  @ApiBody({ type: NameContactDto })
  nameContact(
    @Param('subscription') id: string,
    @Body() body: unknown,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { contact: typed } = (body ?? {}) as QueryString;
    return this.doings.carryOut({ id, query, request, reply, typed }, async (row) => {
      // What a form holds is judged by its words, so that it comes back with them.
      const isForm = wantsPage(request) && typeof typed === 'string';
      const contact = isForm ? typed : await contactIn(body);
      const { asked } = await this.subscribing.nameContact(row, contact);
      const page = asked ? 'contact-asked' : 'contact-already';
      return { body: { next: subscriptionWords.en.done[page] }, page };
    });
  }

  @Delete()
  @opensByToken()
  @ApiOperation({ summary: 'Erase the contact; the subscription stays' })
  async eraseContact(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { row } = await this.doings.opened({ id, query, request, reply });
    await this.eraseContactOf(row);
    void reply.status(204).send();
  }

  @Post('erasure')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'The same as DELETE of the contact, for a form' })
  contactErasure(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.doings.carryOut({ id, query, request, reply }, async (row) => {
      await this.eraseContactOf(row);
      const next = subscriptionWords.en.done['contact-erased'];
      return { body: { next }, page: 'contact-erased' };
    });
  }

  private async eraseContactOf(row: SubscriberRow): Promise<void> {
    const { contacts } = this.runtime.parts;
    const contact = await contacts.of(row);
    if (contact !== undefined) await contacts.erase(contact);
  }
}

/** @throws Problem `invalid-fields` */
async function contactIn(body: unknown): Promise<string> {
  const wanted = { type: 'body', metatype: NameContactDto } as const;
  return ((await bodyPipe.transform(body, wanted)) as NameContactDto).contact;
}
