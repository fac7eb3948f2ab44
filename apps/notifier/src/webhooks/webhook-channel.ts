import type { ViewStates } from '#views';
import type { NotifierClock } from '../clock.ts';
import type { Answer, Channel } from '../engine/channel.ts';
import { retryAfterOf } from '../engine/schedule.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import type { Timeline } from '../occurrences/timeline.ts';
import type { Sealing } from '../secrets/sealing.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { cloudEventOf } from './cloud-event.ts';
import { macHeaders, type MacSecrets } from './mac.ts';
import { TargetRefused, type TargetGuard } from './target-guard.ts';
import type { Response, WebhookClient } from './webhook-client.ts';

export interface WebhookRim {
  readonly timeline: Timeline;
  readonly states: () => ViewStates;
  readonly clock: NotifierClock;
  readonly guard: TargetGuard;
  readonly client: WebhookClient;
  readonly sealing: Sealing;
  /** The origin at which the register is read, for links and as the source of events. */
  readonly source: () => string;
  /** Told why a delivery could not be prepared. */
  readonly failed: (error: unknown) => void;
}

const keptBodies = 500;
const keptTargets = 20_000;
/** For how long opened addresses are held, in milliseconds: other processes erase subscribers as well. */
const keptFor = 60_000;

interface Target {
  /** As they are sealed: a change is opened anew. */
  readonly sealed: Pick<SubscriberRow, 'target' | 'secrets'>;
  readonly url: URL;
  readonly secrets: MacSecrets;
}

/** Tells subscribers by webhook: a signed CloudEvent for each occurrence. */
export class WebhookChannel implements Channel {
  private readonly rim: WebhookRim;
  /** Bodies by occurrence: the same for every subscriber. */
  private readonly bodies = new Map<string, string>();
  /** Opened addresses and secrets, by subscriber. */
  private readonly targets = new Map<string, Target>();
  private forgetting: NodeJS.Timeout | null = null;

  constructor(rim: WebhookRim) {
    this.rim = rim;
  }

  async deliver(
    subscriber: SubscriberRow,
    [occurrence]: readonly [Occurrence, ...Occurrence[]],
  ): Promise<Answer> {
    try {
      return await this.send(subscriber, occurrence.id, this.bodyOf(occurrence));
    } catch (error) {
      const failed = { outcome: 'failed', code: null, retryAfter: null } as const;
      if (error instanceof TargetRefused) return { ...failed, detail: error.message };
      this.rim.failed(error);
      const detail = 'The delivery could not be prepared; the log of the notifier says why.';
      return { ...failed, detail, isOwnFault: true };
    }
  }

  /** One signed POST to a subscriber. @throws TargetRefused, or Error when its secrets can't be opened */
  async send(subscriber: SubscriberRow, id: string, body: string): Promise<Answer> {
    const { url, secrets } = this.targetOf(subscriber);
    const now = this.rim.clock.now();
    const response = await this.rim.client.post(url, body, macHeaders(secrets, { id, body, now }));
    return answerOf(response, this.rim.clock.now());
  }

  /** The same as `send`, with what the receiver answered. */
  async ask(subscriber: SubscriberRow, id: string, body: string): Promise<Response> {
    const { url, secrets } = this.targetOf(subscriber);
    const now = this.rim.clock.now();
    return this.rim.client.post(url, body, macHeaders(secrets, { id, body, now }));
  }

  private targetOf({ id, target, secrets }: SubscriberRow): Target {
    const held = this.targets.get(id);
    if (held?.sealed.target === target && held.sealed.secrets === secrets) return held;
    const { sealing, guard } = this.rim;
    const opened = {
      sealed: { target, secrets },
      url: guard.read(sealing.open(target, `${id} target`)),
      secrets: JSON.parse(sealing.open(secrets ?? '', `${id} secrets`)) as MacSecrets,
    };
    if (this.targets.size >= keptTargets) this.targets.clear();
    this.targets.set(id, opened);
    this.forgetting ??= setTimeout(() => this.forget(), keptFor).unref();
    return opened;
  }

  /** Forgets all that is opened: of a subscriber that was erased, and of all others with it. */
  forget(): void {
    if (this.forgetting !== null) clearTimeout(this.forgetting);
    this.forgetting = null;
    this.targets.clear();
  }

  private bodyOf(occurrence: Occurrence): string {
    const held = this.bodies.get(occurrence.id);
    if (held !== undefined) return held;
    const { timeline, source } = this.rim;
    const states = this.rim.states();
    const body = JSON.stringify(cloudEventOf(occurrence, { timeline, states, source: source() }));
    if (this.bodies.size >= keptBodies) this.bodies.clear();
    this.bodies.set(occurrence.id, body);
    return body;
  }
}

function answerOf(response: Response, now: number): Answer {
  if (response.status === null)
    return { outcome: 'failed', code: null, detail: response.detail, retryAfter: null };
  const { status: code } = response;
  if (code >= 200 && code < 300) return { outcome: 'delivered', code };
  if (code === 410)
    return {
      outcome: 'gone',
      code,
      detail: 'The receiver answered 410: it wants no more deliveries.',
      state: 'stopped',
      reason: 'gone',
    };
  const detail =
    code >= 300 && code < 400
      ? `The receiver answered ${code}; redirects are not followed.`
      : `The receiver answered ${code}.`;
  return { outcome: 'failed', code, detail, retryAfter: retryAfterOf(response.retryAfter, now) };
}
