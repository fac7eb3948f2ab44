import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import {
  decide,
  emptyParticipants,
  evolve,
  evolveParticipants,
  type ParticipantEvent,
  type ParticipantRegister,
  type Recorded,
  type TreatyCommand,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import type { CommandMeta, CommandResult, PreviewResult } from './command-result.ts';
import { asCommand } from './command-span.ts';
import { IdempotencyKeyReused, LedgerConflict, LedgerUnavailable } from './errors.ts';
import { commandHash, eventIds, metadataOf, newActionId } from './event-identity.ts';
import { EventStore, type LedgerPage, type NewEvent } from './event-store.ts';
import { follow, type Following, type FollowHandlers } from './follow.ts';
import type { AnyEvent } from './stored-events.ts';
import {
  previewTogether,
  transactTogether,
  type TogetherMeta,
  type TogetherPreview,
  type TogetherResult,
} from './together.ts';
import { NotificationIssuer } from './notification-series.ts';
import { touched } from './touched.ts';
import { streamOf, TreatyCache, type CachedTreaty } from './treaty-cache.ts';
import { actionIn, unstored } from './unstored.ts';

export const CONNECTION_STRING = Symbol('CONNECTION_STRING');

const mostTries = 8;
/** Events of one append of an import at most; far below the store's maximum append size. */
const batchEvents = 500;
const batchBytes = 512 * 1024;
const participantsStream = 'participants';

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Load, decide, append with the expected revision; on conflict reload and decide again. */
@Injectable()
export class Ledger implements OnApplicationShutdown {
  private readonly store: EventStore;
  private readonly treaties: TreatyCache;
  /** Numbers and circulates depositary notifications. */
  readonly notifications: NotificationIssuer;
  private readonly togetherParts = {
    load: (treaty: string): Promise<CachedTreaty> => this.treaties.load(treaty),
    participants: (): Promise<ParticipantRegister> => this.participants(),
    append: (treaty: string, revision: number | null, proposed: readonly NewEvent[]) =>
      this.appendSurely(treaty, revision, proposed),
  };
  private readonly queues = new Map<string, Promise<unknown>>();
  private register: { fold: ParticipantRegister; revision: number; position: string | null } = {
    fold: emptyParticipants,
    revision: -1,
    position: null,
  };

  constructor(@Inject(CONNECTION_STRING) connectionString: string) {
    this.store = new EventStore(connectionString);
    this.treaties = new TreatyCache(this.store);
    this.notifications = new NotificationIssuer(this.store);
  }

  /**
   * Carries out one command.
   * @throws LedgerUnavailable, LedgerConflict, IdempotencyKeyReused
   */
  transact(command: TreatyCommand, meta: CommandMeta): Promise<CommandResult> {
    return asCommand(command.type, command.treaty, () =>
      this.oneAtATime(command.treaty, () => this.tryTransact(command, meta)),
    );
  }

  /** Carries out many commands on one treaty, decided in order, appended in few batches. For imports. */
  transactMany(
    treaty: string,
    commands: readonly TreatyCommand[],
    meta: CommandMeta,
  ): Promise<CommandResult[]> {
    return this.oneAtATime(treaty, async () => {
      const results: CommandResult[] = [];
      let conflicts = 0;
      while (results.length < commands.length) {
        const batch = await this.tryBatch(treaty, commands.slice(results.length), meta);
        if (batch !== null) results.push(...batch);
        else if ((conflicts += 1) > mostTries) throw conflict(treaty);
        else await pause(5 * conflicts * Math.random());
      }
      return results;
    });
  }

  /** What a command would do, stored nowhere. */
  async preview(command: TreatyCommand, meta: CommandMeta): Promise<PreviewResult> {
    const [cached, participants] = await Promise.all([
      this.treaties.load(command.treaty),
      this.participants(),
    ]);
    const before = cached.record;
    const decision = decide(command, before, {
      participants,
      today: meta.today,
      action: randomUUID(),
    });
    if (decision.outcome === 'refused')
      return { result: decision, before, after: before, participants };
    if (decision.outcome === 'unchanged')
      return {
        result: { ...decision, position: cached.position },
        before,
        after: before,
        participants,
      };
    const revision = (cached.revision ?? -1) + decision.events.length;
    const events = decision.events.map((event) => unstored(event, command.treaty, meta.actor));
    return {
      result: {
        outcome: 'recorded',
        action: actionIn(decision.events),
        events,
        position: null,
        revision,
        replayed: false,
      },
      before,
      after: decision.events.reduce(evolve, before),
      participants,
    };
  }

  /** Carries out commands on one treaty by one append: all of them or none, and once for a key. */
  transactTogether(
    treaty: string,
    commands: readonly TreatyCommand[],
    meta: TogetherMeta,
  ): Promise<TogetherResult> {
    return asCommand('recordCase', treaty, () =>
      this.oneAtATime(treaty, () => transactTogether(this.togetherParts, treaty, commands, meta)),
    );
  }

  /** What commands would do one after the other, each on what those before it leave; stored nowhere. */
  previewTogether(
    treaty: string,
    commands: readonly TreatyCommand[],
    meta: CommandMeta,
  ): Promise<TogetherPreview> {
    return previewTogether(this.togetherParts, treaty, commands, meta);
  }

  /** A treaty as the ledger holds it now. */
  async loadTreaty(
    treaty: string,
  ): Promise<{ record: TreatyRecord; revision: number | null; position: string | null }> {
    const { record, revision, position } = await this.treaties.load(treaty);
    return { record, revision, position };
  }

  /** All participants as the ledger holds them now. */
  async participants(): Promise<ParticipantRegister> {
    const since = await this.store.readStream(participantsStream, this.register.revision + 1);
    for (const { recorded } of since) {
      if (recorded.revision <= this.register.revision) continue;
      this.register = {
        fold: evolveParticipants(this.register.fold, recorded.event as ParticipantEvent),
        revision: recorded.revision,
        position: recorded.position,
      };
    }
    return this.register.fold;
  }

  /** Records facts about participants; those that change nothing are left out. */
  registerParticipants(
    events: readonly ParticipantEvent[],
    meta: Pick<CommandMeta, 'actor' | 'correlationId'>,
  ): Promise<{ appended: number; position: string | null }> {
    return this.oneAtATime(participantsStream, async () => {
      for (let tries = 0; tries < mostTries; tries += 1) {
        let fold = await this.participants();
        const { revision, position } = this.register;
        const fresh = events.filter((event) => {
          const after = evolveParticipants(fold, event);
          if (JSON.stringify(touched(after, event)) === JSON.stringify(touched(fold, event)))
            return false;
          fold = after;
          return true;
        });
        if (fresh.length === 0) return { appended: 0, position };
        const proposed = fresh.map((event): NewEvent => ({
          id: randomUUID(),
          event,
          metadata: metadataOf(meta),
        }));
        const stored = await this.store.append(
          participantsStream,
          revision < 0 ? null : revision,
          proposed,
        );
        if (stored.outcome === 'appended')
          return { appended: fresh.length, position: stored.position };
        await pause(10 * Math.random());
      }
      throw conflict(participantsStream);
    });
  }

  /** The whole ledger in order, from after a position: only the product's own events. */
  read(options: { fromPosition?: string } = {}): AsyncIterable<Recorded<AnyEvent>> {
    return this.store.readAll(options.fromPosition ?? null);
  }

  /** A bounded part of the ledger from after a position, read whole. */
  readPage(fromPosition: string | null, count: number): Promise<LedgerPage> {
    return this.store.readPage(fromPosition, count);
  }

  /** Follows the ledger from after a position, over lost connections, until stopped. */
  follow(fromPosition: string | null, handlers: FollowHandlers): Following {
    return follow(this.store, fromPosition, handlers);
  }

  /** Position of the last event of the store; null when it is empty. */
  end(): Promise<bigint | null> {
    return this.store.end();
  }

  /** Whether the event at a position is the one with this id. */
  holds(position: string, eventId: string): Promise<boolean> {
    return this.store.holds(position, eventId);
  }

  health(): { connected: boolean; lastError: string | null } {
    return { connected: this.store.lastError === null, lastError: this.store.lastError };
  }

  async close(): Promise<void> {
    await this.store.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  /** Commands on one treaty of this process wait for each other instead of conflicting. */
  private oneAtATime<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.queues.get(key) ?? Promise.resolve();
    const result = before.then(work, work);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.queues.set(key, settled);
    void settled.then(() => {
      if (this.queues.get(key) === settled) this.queues.delete(key);
    });
    return result;
  }

  private async tryTransact(command: TreatyCommand, meta: CommandMeta): Promise<CommandResult> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const [result] = (await this.tryBatch(command.treaty, [command], meta)) ?? [];
      if (result !== undefined) return result;
      // What is kept may itself be what never fits, so it is read again from the beginning.
      if (tries > 2) this.treaties.forget(command.treaty);
      await pause(10 * Math.random() * tries);
    }
    throw conflict(command.treaty);
  }

  /** Decides as many commands as fit one append; null when the treaty changed meanwhile. */
  private async tryBatch(
    treaty: string,
    commands: readonly TreatyCommand[],
    meta: CommandMeta,
  ): Promise<CommandResult[] | null> {
    const [cached, participants] = await Promise.all([
      this.treaties.load(treaty),
      this.participants(),
    ]);
    const [first] = commands;
    const replay = first === undefined ? null : replayed(cached, first, meta);
    if (replay !== null) return [replay];
    const batch = decideBatch(cached, commands, participants, meta);
    if (batch.events.length === 0) return batch.results;
    const hash =
      meta.idempotencyKey === undefined || first === undefined ? null : commandHash(first);
    const metadata = metadataOf(meta, hash);
    const ids = eventIds(treaty, meta.idempotencyKey, batch.events.length);
    const proposed = batch.events.map((event, index): NewEvent => ({
      id: ids[index] ?? randomUUID(),
      event,
      metadata,
    }));
    const stored = await this.appendSurely(treaty, cached.revision, proposed);
    if (stored.outcome === 'conflict') return null;
    // What was stored is read back: instants and positions are the store's to tell.
    const { position } = await this.treaties.load(treaty);
    return batch.results.map((result) =>
      result.outcome === 'recorded'
        ? { ...result, position: stored.position }
        : result.outcome === 'unchanged'
          ? { ...result, position }
          : result,
    );
  }

  /**
   * An append whose answer was lost is sent once more with the same ids: the store answers a retry with the
   * first result, so the fact is there once.
   */
  private async appendSurely(
    treaty: string,
    revision: number | null,
    proposed: readonly NewEvent[],
  ): ReturnType<EventStore['append']> {
    try {
      return await this.store.append(streamOf(treaty), revision, proposed);
    } catch (error) {
      if (!(error instanceof LedgerUnavailable)) throw error;
      this.treaties.forget(treaty);
      await pause(200);
      return await this.store.append(streamOf(treaty), revision, proposed);
    }
  }
}

/** The first answer again, when the key was used for this command already. @throws IdempotencyKeyReused */
function replayed(
  cached: CachedTreaty,
  command: TreatyCommand,
  meta: CommandMeta,
): CommandResult | null {
  const use = meta.idempotencyKey === undefined ? undefined : cached.keys.get(meta.idempotencyKey);
  const last = use?.events.at(-1);
  if (use === undefined || last === undefined) return null;
  if (use.hash !== commandHash(command))
    throw new IdempotencyKeyReused(
      'This Idempotency-Key was used for another command on this treaty; use a new key for a new command.',
    );
  return {
    outcome: 'recorded',
    action: actionIn(use.events.map(({ event }) => event)),
    events: use.events,
    position: last.position,
    revision: last.revision,
    replayed: true,
  };
}

function decideBatch(
  cached: CachedTreaty,
  commands: readonly TreatyCommand[],
  participants: ParticipantRegister,
  meta: CommandMeta,
): { events: TreatyEvent[]; results: CommandResult[] } {
  let { record } = cached;
  let bytes = 0;
  const events: TreatyEvent[] = [];
  const results: CommandResult[] = [];
  for (const command of commands) {
    if (events.length >= batchEvents || bytes >= batchBytes) break;
    const action = newActionId(command.treaty, meta.idempotencyKey);
    const decision = decide(command, record, { participants, today: meta.today, action });
    if (decision.outcome === 'refused') results.push(decision);
    else if (decision.outcome === 'unchanged')
      results.push({ ...decision, position: cached.position });
    else {
      record = decision.events.reduce(evolve, record);
      events.push(...decision.events);
      bytes += JSON.stringify(decision.events).length;
      results.push({
        outcome: 'recorded',
        action: actionIn(decision.events),
        events: decision.events.map((event) => unstored(event, command.treaty, meta.actor)),
        position: null,
        revision: (cached.revision ?? -1) + events.length,
        replayed: false,
      });
    }
  }
  return { events, results };
}

const conflict = (what: string): LedgerConflict =>
  new LedgerConflict(
    `Others changed ${what} again and again at the same moment; nothing was recorded, so send the request again.`,
  );
