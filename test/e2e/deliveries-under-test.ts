import { expect } from '@jest/globals';
import { TestClock } from '../../apps/notifier/test/notifier-under-test.ts';
import { startReceiver, type Behaviour, type Receiver } from '../../apps/notifier/test/receiver.ts';
import { RegisterUnderTest } from './register-under-test.ts';

/** Where the pages and their JSON are. */
export const deliveries = '/depositary/deliveries';

/** Gives challenges back, and answers everything else with a status. */
export const answering =
  (status: number): Behaviour =>
  (request, response) => {
    const { challenge } = JSON.parse(request.body).data;
    if (challenge === undefined) return void response.writeHead(status).end();
    return void response.writeHead(200).end(JSON.stringify({ challenge }));
  };

/** Waits until something is so, for ten seconds. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    if (tries > 500) throw new Error('It never came.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A register with subscribers whose server does as a test says. */
export class DeliveriesUnderTest {
  // The notifier's clock stands still, so that nothing is tried again but by who sends it again.
  readonly register = new RegisterUnderTest({ WEBHOOK_TARGETS: 'development' }, new TestClock());
  private started: Receiver | null = null;

  get receiver(): Receiver {
    if (this.started === null) throw new Error('It is not started.');
    return this.started;
  }

  async start(): Promise<void> {
    this.started = await startReceiver();
    this.started.behave(answering(204));
    await this.register.start();
  }

  async remove(): Promise<void> {
    await this.register.remove();
    await this.started?.close();
  }

  /** Subscribes a path of the server to consents of some participants; nobody named: of all. */
  async subscribe(path: string, participants: readonly string[] = []): Promise<any> {
    const { body } = await this.register.post('/subscriptions', {
      channel: 'webhook',
      target: this.receiver.address + path,
      participants,
      kinds: ['ratification', 'accession'],
    });
    return body;
  }

  /** The owner of a subscription pauses it. */
  async pause({ id, token }: { id: string; token: string }): Promise<void> {
    const bearer = { Authorization: `Bearer ${token}` };
    await this.register.post(`/subscriptions/${id}/pause`, {}, bearer);
  }

  /** Records a consent, and answers its position. */
  async act(participant: string, kind = 'ratification'): Promise<string> {
    const { status, body } = await this.register.post('/depositary/treaties/XVIII-16/actions', {
      kind,
      participant,
      date: '2026-11-20',
    });
    expect([participant, status]).toStrictEqual([participant, 201]);
    return body.position;
  }

  async overview(query = ''): Promise<any> {
    return (await this.register.getAs('administrator', `${deliveries}${query}`)).body;
  }

  async one(id: string): Promise<any> {
    return (await this.register.getAs('administrator', `${deliveries}/${id}`)).body;
  }

  /** Ids of what a path was told: without the challenge. */
  toldAt(path: string): string[] {
    return this.receiver.idsAt(path).slice(1);
  }

  /** What the audit trail says of sending again, newest first. */
  async resent(): Promise<object[]> {
    const { body } = await this.register.getAs('administrator', '/depositary/audit-trail');
    return body.entries.flatMap(({ kind, name, detail }: any) =>
      kind === 'deliveries-sent-again' ? [{ name, ...detail }] : [],
    );
  }
}
