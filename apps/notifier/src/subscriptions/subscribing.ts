import { Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import { participantOf } from '#treaty';
import type { InEveryLanguage } from '#pages';
import type { CloudEventBody } from '../webhooks/cloud-event.ts';
import { cloudEventTypes } from '../webhooks/cloud-event.ts';
import { NotifierRuntime } from '../notifier-runtime.ts';
import type { Filter } from '../subscribers/filter.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { wantsThresholds } from '../subscribers/filter.ts';
import { hostOf } from '../subscribers/limits.ts';
import { isSame } from '../secrets/sealing.ts';
import { verifier } from '../webhooks/mac.ts';
import { TargetRefused } from '../webhooks/target-guard.ts';
import { Challenges, mostInVain } from './challenges.ts';
import { failureSaid } from './failures.ts';
import { mailAddressIn } from './mail-address.ts';
import { faultSaid, Refusal, refusedFields, tooMany, type RefusedField } from './refusals.ts';
import { filterIn, type SubscribeDto } from './subscription.dto.ts';
import { inBoth } from './words.ts';

type Said = InEveryLanguage<string>;

/** What who subscribes gets to know once: nothing of it is kept in clear. */
export interface Subscribed {
  readonly row: SubscriberRow;
  /** Opens the subscription; given for webhooks here, and by mail to who has the address. */
  readonly token: string | null;
  /** What macs are verified with. */
  readonly secret: string | null;
  /** What happened, or what is to be done: for a program. */
  readonly next: string;
  /** The same on a page. */
  readonly said: Said;
  /** Whether a contact was asked to confirm. */
  readonly contactAsked: boolean;
}

/** What came of asking a webhook for its consent. */
export interface Verified {
  readonly verified: boolean;
  readonly next: string;
  readonly said: Said;
}

interface Target {
  readonly target: string;
  readonly host: string;
}

/** What is left of a request that can be served. */
interface Checked {
  readonly target: Target;
  readonly contact: string | null;
}

const fault = (
  field: string,
  detail: string,
  sentence: Parameters<typeof faultSaid>[0],
): RefusedField => ({ field, detail, said: faultSaid(sentence) });

/** Makes subscriptions, and makes sure that who owns the address wants them. */
@Injectable()
export class Subscribing {
  private readonly challenges = new Challenges();

  constructor(private readonly runtime: NotifierRuntime) {}

  /** @throws Refusal for a request that can't be served */
  async subscribe(wanted: SubscribeDto): Promise<Subscribed> {
    const { contact, target: to } = await this.checked(wanted);
    const { target, host } = to;
    const filter = filterIn(wanted);
    const { subscriptions } = this.runtime.parts;
    const { channel, language, rhythm, timeZone, mac: macScheme } = wanted;
    const asked = { channel, target, host, filter, language, rhythm, timeZone, macScheme };
    const { row, token } = await subscriptions
      .make(asked, this.runtime.here())
      .catch((error: unknown) => tooMany(error, 'target'));
    if (channel === 'mail') {
      await this.askByMail(row);
      const next =
        'A message was sent to the address; the subscription begins when it is confirmed there.';
      const said = inBoth((words) => words.next.mailSent(target));
      return { row, token: null, secret: null, next, said, contactAsked: false };
    }
    if (contact !== null)
      await this.askContact(row, contact).catch(async (error: unknown) => {
        await subscriptions.erase(row.id);
        throw error;
      });
    const secrets = subscriptions.secretsOf(row);
    const secret = secrets === null ? null : verifier(secrets);
    const { next, said } = await this.verify(row);
    const made = (await subscriptions.find(row.id)) ?? row;
    return { row: made, token, secret, next, said, contactAsked: contact !== null };
  }

  /**
   * Names who is told when a webhook fails, in place of who was, and asks the address to confirm. One that is the
   * contact already is not asked again.
   * @throws Refusal for an address that can't be the contact
   */
  async nameContact(row: SubscriberRow, typed: string): Promise<{ asked: boolean }> {
    const faults: RefusedField[] = [];
    const address = this.contactAddress({ channel: row.channel, contact: typed }, faults);
    const [first, ...others] = faults;
    if (address === null || first !== undefined)
      throw refusedFields([first ?? noContact, ...others]);
    const { contacts } = this.runtime.parts;
    const held = await contacts.of(row);
    if (held?.state === 'confirmed' && contacts.addressOf(held) === address)
      return { asked: false };
    await this.askContact(row, address);
    return { asked: true };
  }

  private async askContact(row: SubscriberRow, address: string): Promise<void> {
    const { contacts, contactMail } = this.runtime.parts;
    const contact = await contacts
      .propose(row, address)
      .catch((error: unknown) => tooMany(error, 'contact'));
    const answer = await contactMail.askToConfirm(contact, row);
    if (answer.outcome !== 'delivered') {
      await contacts.wasNotAsked(contact);
      const detail = `The contact was not asked, and nothing was changed. ${answer.detail}`;
      const why = failureSaid(answer.detail);
      const said = faultSaid((words, language) => words.contactNotSent(why[language]));
      throw new Refusal('mail-not-sent', detail, said, {
        fields: [{ field: 'contact', detail, said }],
      });
    }
    await contacts.keep(contact);
  }

  private contactAddress(
    { channel, contact = '' }: Pick<SubscribeDto, 'channel' | 'contact'>,
    faults: RefusedField[],
  ): string | null {
    if (channel !== 'webhook') {
      const detail = 'is for webhooks; mail is told at its own address.';
      faults.push(fault('contact', detail, (words) => words.contactForWebhook));
      return null;
    }
    if (!this.runtime.parts.contactMail.isOffered) {
      const detail =
        'A contact is told by mail, which is not offered here: the register has no mail server (SMTP_URL). Leave it out, and look at the subscription now and then.';
      const said = faultSaid((words) => words.contactNotOffered);
      throw new Refusal('not-offered', detail, said, {
        fields: [{ field: 'contact', detail, said }],
      });
    }
    const read = mailAddressIn(contact);
    if (read === null) faults.push(noContact);
    return read?.target ?? null;
  }

  /**
   * Everything against a request, in the order of its fields; empty where it can be served.
   * @throws Refusal where the register cannot say yet
   */
  async faultsOf(wanted: SubscribeDto): Promise<readonly RefusedField[]> {
    return (await this.check(wanted)).faults;
  }

  private async checked(wanted: SubscribeDto): Promise<Checked> {
    const { target, contact, faults } = await this.check(wanted);
    const [first, ...others] = faults;
    if (first !== undefined) throw refusedFields([first, ...others]);
    // Without a fault there is a target.
    if (target === null) throw new Error('A target was neither read nor refused.');
    return { target, contact };
  }

  private async check(wanted: SubscribeDto): Promise<{
    readonly target: Target | null;
    readonly contact: string | null;
    readonly faults: readonly RefusedField[];
  }> {
    const { state } = this.runtime.reader.health();
    if (state === 'starting' || state === 'catching-up')
      throw new Refusal(
        'starting-up',
        'The register is still reading the ledger; ask again in a moment.',
        faultSaid((words) => words.starting),
        { headers: { 'Retry-After': '1' } },
      );
    const faults: RefusedField[] = [];
    const target =
      wanted.channel === 'mail'
        ? this.mailTarget(wanted.target, faults)
        : await this.webhookTarget(wanted, faults);
    const contact = wanted.contact === undefined ? null : this.contactAddress(wanted, faults);
    faults.push(...this.faultsOfFilter(filterIn(wanted)));
    return { target, contact, faults };
  }

  private async askByMail(row: SubscriberRow): Promise<void> {
    const answer = await this.runtime.parts.mail.askToConfirm(row);
    if (answer.outcome === 'delivered') return;
    await this.runtime.parts.subscriptions.erase(row.id);
    const why = failureSaid(answer.detail);
    const said = faultSaid((words, language) => words.mailNotSent(why[language]));
    throw new Refusal('mail-not-sent', answer.detail, said);
  }

  /**
   * Sends a challenge to a webhook, which must come back in the answer: nobody is sent deliveries because somebody
   * else subscribed their address.
   */
  async verify(row: SubscriberRow): Promise<Verified> {
    if (row.state !== 'pending')
      return {
        verified: true,
        next: 'The webhook was verified already.',
        said: inBoth(({ next }) => next.verifiedAlready),
      };
    const { host_name: host } = row;
    const now = this.runtime.clock.now();
    if (!this.challenges.ask(host, now)) return notVerified(row, tooOften, failureSaid(tooOften));
    const inVain = await this.challenge(row);
    if (inVain !== null) return inVain;
    this.challenges.answered(host, now);
    await this.begin(row);
    return {
      verified: true,
      next: 'The webhook is verified, and deliveries begin with what is recorded from now on.',
      said: inBoth(({ next }) => next.verified),
    };
  }

  /** Asks a webhook to give a challenge back. Null: it did. */
  private async challenge(row: SubscriberRow): Promise<Verified | null> {
    const challenge = randomBytes(24).toString('base64url');
    const body = this.message('verification', { challenge, subscription: row.id });
    const response = await this.runtime.parts.webhooks
      .ask(row, body.id, JSON.stringify(body))
      .catch(asNoAnswer);
    if (response.status === null)
      return notVerified(row, response.detail, failureSaid(response.detail));
    const { status } = response;
    if (status !== 200 || !isSame(challengeIn(response.body), challenge))
      return notVerified(
        row,
        `it answered ${status} without the challenge.`,
        inBoth(({ next }) => next.withoutChallenge(status)),
      );
    return null;
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
    if (row.channel !== 'webhook')
      throw refusedFields([
        fault('subscription', 'only a webhook can be pinged.', (words) => words.notWebhook),
      ]);
    const body = this.message('ping', { subscription: row.id });
    const answer = await webhooks.send(row, body.id, JSON.stringify(body)).catch(asNoAnswer);
    if (!('outcome' in answer)) return { delivered: false, code: null, detail: answer.detail };
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

  private faultsOfFilter(filter: Filter): RefusedField[] {
    const { treaties, participants } = this.runtime.reader.states();
    const faults: RefusedField[] = [];
    const stranger = filter.treaties.find((treaty) => !treaties.byId.has(treaty))?.slice(0, 40);
    if (stranger !== undefined) {
      const detail = `the register has no treaty ${stranger}; /treaties lists them.`;
      faults.push(fault('treaties', detail, (words) => words.treaty(stranger)));
    }
    const nobody = filter.participants
      .find((code) => participantOf(participants.register, code) === null)
      ?.slice(0, 40);
    if (nobody !== undefined) {
      const detail = `the register has no participant ${nobody}; /participants lists them.`;
      faults.push(fault('participants', detail, (words) => words.participant(nobody)));
    }
    if (filter.topics.length === 0 && !wantsThresholds(filter)) {
      const detail = 'give at least one topic or threshold, or nothing would ever be told.';
      faults.push(fault('topics', detail, (words) => words.nothing));
    }
    return faults;
  }

  private mailTarget(typed: string, faults: RefusedField[]): Target | null {
    if (!this.runtime.parts.mail.isOffered)
      throw new Refusal(
        'not-offered',
        'Subscriptions by mail are not offered here: the register has no mail server (SMTP_URL). Subscribe a webhook, or read a feed.',
        faultSaid((words) => words.mailNotOffered),
      );
    const read = mailAddressIn(typed);
    if (read === null) {
      const detail = 'this is no mail address that can be written to.';
      faults.push(fault('target', detail, (words) => words.mailAddress));
    }
    return read;
  }

  private async webhookTarget(
    { target, rhythm }: SubscribeDto,
    faults: RefusedField[],
  ): Promise<Target | null> {
    if (rhythm !== 'immediate') {
      const detail = 'a webhook is told at once; digests are for mail.';
      faults.push(fault('rhythm', detail, (words) => words.digestForWebhook));
    }
    const { guard } = this.runtime.parts;
    try {
      const url = guard.read(target);
      await guard.addressesOf(url.hostname);
      return { target: url.href, host: hostOf(url) };
    } catch (error) {
      if (!(error instanceof TargetRefused)) throw error;
      const { message } = error;
      faults.push(fault('target', message, (words) => words.target(message)));
      return null;
    }
  }
}

const tooOften = `Its host was asked ${mostInVain} times in an hour, and is left alone for a while.`;

const noContact = fault(
  'contact',
  'this is no mail address that can be written to.',
  (words) => words.mailAddress,
);

/** What may not be called any more, since the rules for targets changed, gives no answer. */
function asNoAnswer(error: unknown): { readonly status: null; readonly detail: string } {
  if (error instanceof TargetRefused) return { status: null, detail: error.message };
  throw error;
}

function notVerified(row: SubscriberRow, why: string, whySaid: Said): Verified {
  const type = cloudEventTypes.verification;
  const again = `Answer 200 with {"challenge": "..."} to an event of type ${type}, then POST /subscriptions/${row.id}/verification.`;
  const isClause = why.startsWith('it ');
  const next = `The webhook is not verified yet${isClause ? ':' : '.'} ${why} ${again}`;
  const said = inBoth(
    (words, language) =>
      `${words.next.notVerified(whySaid[language])} ${words.next.answerChallenge(type)}`,
  );
  return { verified: false, next, said };
}

function challengeIn(body: string): string {
  try {
    const { challenge } = JSON.parse(body) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : '';
  } catch {
    return '';
  }
}
