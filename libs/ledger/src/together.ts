import {
  decide,
  evolve,
  type Decision,
  type ParticipantRegister,
  type Recorded,
  type Refusal,
  type TreatyCommand,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import type { CommandMeta } from './command-result.ts';
import { IdempotencyKeyReused, LedgerConflict } from './errors.ts';
import { commandHash, eventIds, metadataOf, newActionId } from './event-identity.ts';
import type { EventStore, NewEvent } from './event-store.ts';
import type { CachedTreaty } from './treaty-cache.ts';

export interface TogetherMeta extends CommandMeta {
  /** Names the whole: the same key again answers with what the first time recorded. */
  readonly idempotencyKey: string;
  /** The revision that was looked at; on any other nothing is recorded. Left out: whatever it is now. */
  readonly revision?: number | null;
}

/** One command of several, on what those before it leave. */
export interface TogetherRow {
  readonly command: TreatyCommand;
  readonly decision: Decision;
  readonly before: TreatyRecord;
  readonly after: TreatyRecord;
}

export type TogetherResult =
  | {
      readonly outcome: 'recorded' | 'unchanged';
      readonly events: readonly Recorded<TreatyEvent>[];
      readonly position: string | null;
      /** Of the treaty's stream when it was recorded. */
      readonly revision: number | null;
      readonly replayed: boolean;
    }
  | {
      readonly outcome: 'refused';
      /** The refused commands by their places; none of the others was recorded either. */
      readonly rows: readonly { readonly index: number; readonly refusals: readonly Refusal[] }[];
    }
  | { readonly outcome: 'moved'; readonly revision: number | null };

export interface TogetherPreview {
  readonly revision: number | null;
  readonly rows: readonly TogetherRow[];
  readonly before: TreatyRecord;
  readonly after: TreatyRecord;
  readonly participants: ParticipantRegister;
}

/** What of the ledger this needs. */
export interface TogetherParts {
  load(treaty: string): Promise<CachedTreaty>;
  participants(): Promise<ParticipantRegister>;
  append(
    treaty: string,
    revision: number | null,
    proposed: readonly NewEvent[],
  ): ReturnType<EventStore['append']>;
}

const mostTries = 8;

function decideInTurn(
  record: TreatyRecord,
  commands: readonly TreatyCommand[],
  participants: ParticipantRegister,
  meta: CommandMeta,
): TogetherRow[] {
  let before = record;
  return commands.map((command, index) => {
    const key = `${meta.idempotencyKey ?? 'preview'}#${index}`;
    const action = newActionId(command.treaty, key);
    const decision = decide(command, before, { participants, today: meta.today, action });
    const after = decision.outcome === 'events' ? decision.events.reduce(evolve, before) : before;
    const row = { command, decision, before, after };
    before = after;
    return row;
  });
}

/** See `Ledger.previewTogether`. */
export async function previewTogether(
  parts: TogetherParts,
  treaty: string,
  commands: readonly TreatyCommand[],
  meta: CommandMeta,
): Promise<TogetherPreview> {
  const [{ record, revision }, participants] = await Promise.all([
    parts.load(treaty),
    parts.participants(),
  ]);
  const rows = decideInTurn(record, commands, participants, meta);
  return { revision, rows, before: record, after: rows.at(-1)?.after ?? record, participants };
}

/** The first answer again, when the key was used already. @throws IdempotencyKeyReused */
function replayed(cached: CachedTreaty, key: string, hash: string): TogetherResult | null {
  const use = cached.keys.get(key);
  const last = use?.events.at(-1);
  if (use === undefined || last === undefined) return null;
  if (use.hash !== hash)
    throw new IdempotencyKeyReused(
      'This key was used for other commands on this treaty; use a new key for new commands.',
    );
  const { position, revision } = last;
  return { outcome: 'recorded', events: use.events, position, revision, replayed: true };
}

/** See `Ledger.transactTogether`. @throws LedgerConflict, LedgerUnavailable, IdempotencyKeyReused */
export async function transactTogether(
  parts: TogetherParts,
  treaty: string,
  commands: readonly TreatyCommand[],
  meta: TogetherMeta,
): Promise<TogetherResult> {
  const hash = commandHash({ together: commands });
  for (let tries = 0; tries < mostTries; tries += 1) {
    const [cached, participants] = await Promise.all([parts.load(treaty), parts.participants()]);
    const known = replayed(cached, meta.idempotencyKey, hash);
    if (known !== null) return known;
    const { revision, position } = cached;
    if (meta.revision !== undefined && meta.revision !== revision)
      return { outcome: 'moved', revision };
    const rows = decideInTurn(cached.record, commands, participants, meta);
    const refused = rows.flatMap(({ decision }, index) =>
      decision.outcome === 'refused' ? [{ index, refusals: decision.refusals }] : [],
    );
    if (refused.length > 0) return { outcome: 'refused', rows: refused };
    const events = rows.flatMap(({ decision }) =>
      decision.outcome === 'events' ? decision.events : [],
    );
    if (events.length === 0)
      return { outcome: 'unchanged', events: [], position, revision, replayed: false };
    const ids = eventIds(treaty, meta.idempotencyKey, events.length);
    const metadata = metadataOf(meta, hash);
    const stored = await parts.append(
      treaty,
      revision,
      events.map((event, index): NewEvent => ({ id: ids[index] ?? '', event, metadata })),
    );
    if (stored.outcome === 'conflict') continue;
    // What was stored is read back: instants and positions are the store's to tell.
    const after = await parts.load(treaty);
    const recorded = replayed(after, meta.idempotencyKey, hash);
    if (recorded !== null && recorded.outcome === 'recorded')
      return { ...recorded, replayed: false };
  }
  throw new LedgerConflict(
    `Others changed ${treaty} again and again at the same moment; nothing was recorded, so send the request again.`,
  );
}
