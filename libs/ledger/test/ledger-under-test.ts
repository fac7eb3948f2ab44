import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '#embedded-eventstore';
import { actionKinds, type RecordAction, type RegisterTreaty } from '#treaty';
import { date } from '../../treaty/test/deciding.ts';
import { seedParticipants, seedTreaty } from '../../../apps/standalone/src/seed/load-seed.ts';
import { Ledger, type AnyEvent, type CommandMeta, type RunnableView } from '../src/index.ts';

export const meta: CommandMeta = { actor: 'officer', today: date('2026-11-24') };
export const treaty = seedTreaty.treaty;
export const register: RegisterTreaty = seedTreaty;

/** A signature in Hanoi. */
export const signature = (participant: string): RecordAction => ({
  type: 'recordAction',
  treaty,
  participant,
  kind: 'signature',
  date: date('2025-10-25'),
});

export interface LedgerUnderTest {
  readonly ledger: Ledger;
  readonly folder: string;
  connectionString: string;
  /** One more ledger over the same store, as another process would have it. */
  another(): Ledger;
  /** The store goes away, and comes back at the same address with all it had. */
  stopStore(): Promise<void>;
  startStore(): Promise<void>;
  close(): Promise<void>;
}

/** A ledger over an embedded store in a folder of its own, with the participants and the first treaty. */
export async function startLedgerUnderTest(): Promise<LedgerUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  const dataDir = join(folder, 'store');
  let store: EmbeddedEventStore | null = await startEmbeddedEventStore({ dataDir });
  const { port, connectionString } = store;
  const ledgers: Ledger[] = [];
  const another = (): Ledger => {
    const ledger = new Ledger(connectionString);
    ledgers.push(ledger);
    return ledger;
  };
  const ledger = another();
  await ledger.registerParticipants(seedParticipants(), meta);
  await ledger.transact(register, meta);
  const stopStore = async (): Promise<void> => {
    await store?.close();
    store = null;
  };
  return {
    ledger,
    folder,
    connectionString,
    another,
    stopStore,
    startStore: async () => {
      store = await startEmbeddedEventStore({ dataDir, port });
    },
    close: async () => {
      await Promise.all(ledgers.map((one) => one.close()));
      await stopStore();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Everything of the ledger, as one line an event: stream, number, what. */
export async function contents(ledger: Ledger): Promise<string[]> {
  const lines: string[] = [];
  for await (const { stream, revision, event } of ledger.read())
    lines.push(`${stream}@${revision} ${nameOf(event)}`);
  return lines;
}

const nameOf = (event: AnyEvent): string =>
  event.type === 'actionRecorded'
    ? `${event.participant} ${actionKinds[event.kind].label} ${event.date}`
    : event.type;

/** A view that holds the ids of the events it saw, in order. */
export const seenView = (version = 1): RunnableView<string[]> => ({
  name: 'seen',
  version,
  initial: () => [],
  apply: (state, { id }) => {
    state.push(id);
    return state;
  },
  snapshot: (state) => state,
  restore: (json) => json as string[],
});
