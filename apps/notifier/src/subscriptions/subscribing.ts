import { Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import { Problem } from '#http';
import { participantOf } from '#treaty';
import type { CloudEventBody } from '../webhooks/cloud-event.ts';
import { cloudEventTypes } from '../webhooks/cloud-event.ts';
import { NotifierRuntime } from '../notifier-runtime.ts';
import type { Filter } from '../subscribers/filter.ts';
import { TooManySubscriptions } from '../subscribers/limits.ts';
import { domainOf } from '../subscribers/subscriptions.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { wantsThresholds } from '../subscribers/filter.ts';
import { isSame } from '../secrets/sealing.ts';
import { verifier } from '../webhooks/mac.ts';
import { TargetRefused } from '../webhooks/target-guard.ts';
import { filterIn, type SubscribeDto } from './subscription.dto.ts';

/** What who subscribes gets to know once: nothing of it is kept in clear. */
export interface Subscribed {
  readonly row: SubscriberRow;
  /** Opens the subscription; given for webhooks here, and by mail to who has the address. */
  readonly token: string | null;
  /** What macs are verified with. */
  readonly secret: string | null;
  /** What happened, or what is to be done. */
  readonly next: string;
  /** Whether a contact was asked to confirm. */
  readonly contactAsked: boolean;
}

const fault = (field: string, detail: string): Problem =>
  new Problem('invalid-fields', `${field}: ${detail}`, { field, errors: [{ field, detail }] });

/** Makes subscriptions, and makes sure that who owns the address wants them. */
@Injectable()
export class Subscribing {
  constructor(private readonly runtime: NotifierRuntime) {}

  /** @throws Problem for a request that can't be served */
  async subscribe(wanted: SubscribeDto): Promise<Subscribed> {
    const { state } = this.runtime.reader.health();
    if (state === 'starting' || state === 'catching-up')
      throw new Problem(
        'starting-up',
        'The register is still reading the ledger; ask again in a moment.',
        {
          headers: { 'Retry-After': '1' },
        },
      );
    const filter = filterIn(wanted);
    this.checkFilter(filter);
    const contact = wanted.contact === undefined ? null : this.contactAddress(wanted);
    const { target, host } =
      wanted.channel === 'mail' ? this.mailTarget(wanted.target) : await this.webhookTarget(wanted);
    const { subscriptions } = this.runtime.parts;
    const { channel, language, rhythm, timeZone, mac: macScheme } = wanted;
    const asked = { channel, target, host, filter, language, rhythm, timeZone, macScheme };
    const { row, token } = await subscriptions.make(asked, this.runtime.here()).catch(tooMany);
    if (channel === 'mail') {
      const answer = await this.runtime.parts.mail.askToConfirm(row);
      if (answer.outcome !== 'delivered') {
        await subscriptions.erase(row.id);
        throw new Problem('mail-not-sent', answer.detail);
      }
      const next =
        'A message was sent to the address; the subscription begins when it is confirmed there.';
      return { row, token: null, secret: null, next, contactAsked: false };
    }
    if (contact !== null)
      await this.askContact(row, contact).catch(async (error: unknown) => {
        await subscriptions.erase(row.id);
        throw error;
      });
    const secrets = subscriptions.secretsOf(row);
    const secret = secrets === null ? null : verifier(secrets);
    const next = await this.verify(row);
    const made = (await subscriptions.find(row.id)) ?? row;
    return { row: made, token, secret, next, contactAsked: contact !== null };
  }

  /**
   * Names who is told when a webhook fails, in place of who was, and asks the address to confirm. One that is the
   * contact already is not asked again.
   * @throws Problem for an address that can't be the contact
   */
  async nameContact(row: SubscriberRow, typed: string): Promise<{ asked: boolean }> {
    const { channel } = row;
    const address = this.contactAddress({ channel, contact: typed });
    const { contacts } = this.runtime.parts;
    const held = await contacts.of(row);
    if (held?.state === 'confirmed' && contacts.addressOf(held) === address)
      return { asked: false };
    await this.askContact(row, address);
    return { asked: true };
  }

  private async askContact(row: SubscriberRow, address: string): Promise<void> {
    const { contacts, contactMail } = this.runtime.parts;
    const contact = await contacts.propose(row, address).catch(tooMany);
    const answer = await contactMail.askToConfirm(contact, row);
    if (answer.outcome !== 'delivered') {
      await contacts.wasNotAsked(contact);
      const detail = `The contact was not asked, and nothing was changed. ${answer.detail}`;
      throw new Problem('mail-not-sent', detail, { field: 'contact' });
    }
    await contacts.keep(contact);
  }

  private contactAddress({
    channel,
    contact = '',
  }: Pick<SubscribeDto, 'channel' | 'contact'>): string {
    if (channel !== 'webhook')
      throw fault('contact', 'is for webhooks; mail is told at its own address.');
    if (!this.runtime.parts.contactMail.isOffered)
      throw new Problem(
        'not-offered',
        'A contact is told by mail, which is not offered here: the register has no mail server (SMTP_URL). Leave it out, and look at the subscription now and then.',
        { field: 'contact' },
      );
    const read = mailAddressIn(contact);
    if (read === null) throw fault('contact', 'this is no mail address that can be written to.');
    return read.target;
  }

  /**
   * Sends a challenge to a webhook, which must come back in the answer: nobody is sent deliveries because somebody
   * else subscribed their address.
   */
  async verify(row: SubscriberRow): Promise<string> {
    if (row.state !== 'pending') return 'The webhook was verified already.';
    const challenge = randomBytes(24).toString('base64url');
    const body = this.message('verification', { challenge, subscription: row.id });
    const response = await this.runtime.parts.webhooks.ask(row, body.id, JSON.stringify(body));
    const again = `Answer 200 with {"challenge": "..."} to an event of type ${cloudEventTypes.verification}, then POST /subscriptions/${row.id}/verification.`;
    if (response.status === null)
      return `The webhook is not verified yet. ${response.detail} ${again}`;
    if (response.status !== 200 || !isSame(challengeIn(response.body), challenge))
      return `The webhook is not verified yet: it answered ${response.status} without the challenge. ${again}`;
    await this.begin(row);
    return 'The webhook is verified, and deliveries begin with what is recorded from now on.';
  }

  /** Begins a subscription that was confirmed, or goes on with one that was paused. */
  async begin(row: SubscriberRow): Promise<void> {
    const { subscriptions, notifier } = this.runtime.parts;
    const here = this.runtime.here();
    const upTo = row.state === 'pending' ? here : await this.runtime.fannedOutTo();
    await subscriptions.activate(row.id, here, upTo);
    notifier.nudge();
  }

  /** A signed test event, sent once. */
  async ping(
    row: SubscriberRow,
  ): Promise<{ delivered: boolean; code: number | null; detail: string }> {
    const { webhooks } = this.runtime.parts;
    if (row.channel !== 'webhook') throw fault('subscription', 'only a webhook can be pinged.');
    const body = this.message('ping', { subscription: row.id });
    const answer = await webhooks.send(row, body.id, JSON.stringify(body));
    const { code } = answer;
    return answer.outcome === 'delivered'
      ? { delivered: true, code, detail: `The receiver answered ${code}.` }
      : { delivered: false, code, detail: answer.detail };
  }

  private message(what: 'ping' | 'verification', data: object): CloudEventBody {
    return {
      specversion: '1.0',
      id: randomUUID(),
      source: `${this.runtime.settings.publicUrl()}/`,
      type: cloudEventTypes[what],
      time: new Date(this.runtime.clock.now()).toISOString(),
      datacontenttype: 'application/json',
      data,
    };
  }

  private checkFilter(filter: Filter): void {
    const { treaties, participants } = this.runtime.reader.states();
    const stranger = filter.treaties.find((treaty) => !treaties.byId.has(treaty));
    if (stranger !== undefined)
      throw fault(
        'treaties',
        `the register has no treaty ${stranger.slice(0, 40)}; /treaties lists them.`,
      );
    const nobody = filter.participants.find(
      (code) => participantOf(participants.register, code) === null,
    );
    if (nobody !== undefined)
      throw fault(
        'participants',
        `the register has no participant ${nobody.slice(0, 40)}; /participants lists them.`,
      );
    if (filter.topics.length === 0 && !wantsThresholds(filter))
      throw fault('topics', 'give at least one topic or threshold, or nothing would ever be told.');
  }

  private mailTarget(target: string): { target: string; host: string } {
    if (!this.runtime.parts.mail.isOffered)
      throw new Problem(
        'not-offered',
        'Subscriptions by mail are not offered here: the register has no mail server (SMTP_URL). Subscribe a webhook, or read a feed.',
      );
    const read = mailAddressIn(target);
    if (read === null) throw fault('target', 'this is no mail address that can be written to.');
    return read;
  }

  private async webhookTarget({
    target,
    rhythm,
  }: SubscribeDto): Promise<{ target: string; host: string }> {
    if (rhythm !== 'immediate')
      throw fault('rhythm', 'a webhook is told at once; digests are for mail.');
    const { guard } = this.runtime.parts;
    try {
      const url = guard.read(target);
      await guard.addressesOf(url.hostname);
      return { target: url.href, host: url.host };
    } catch (error) {
      if (error instanceof TargetRefused) throw fault('target', error.message);
      throw error;
    }
  }
}

/** A mail address as somebody wrote it, and its domain; null where it is none that can be written to. */
function mailAddressIn(text: string): { target: string; host: string } | null {
  const address = text.trim();
  if (!/^[^\s@<>,;:"()[\]\\]{1,64}@(?=.{4,255}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(address))
    return null;
  const host = domainOf(address).toLowerCase();
  return { target: `${address.slice(0, -host.length)}${host}`, host };
}

/** @throws Problem where there are too many already, else what was thrown */
function tooMany(error: unknown): never {
  throw error instanceof TooManySubscriptions
    ? new Problem('too-many', error.message, { headers: { 'Retry-After': '3600' } })
    : error;
}

function challengeIn(body: string): string {
  try {
    const { challenge } = JSON.parse(body) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : '';
  } catch {
    return '';
  }
}
