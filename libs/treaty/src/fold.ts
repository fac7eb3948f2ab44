import { emptyRecord, evolve } from './evolve.ts';
import type { TreatyEvent } from './events.ts';
import type { RecordedAction, TreatyRecord } from './record.ts';

/**
 * The fold of many events at once: the same as `evolve` one by one, without copying the list of actions for
 * each of them. Thirty thousand actions in one treaty would otherwise be copied thirty thousand times.
 */
export function evolveAll(record: TreatyRecord, events: Iterable<TreatyEvent>): TreatyRecord {
  const bare = emptyRecord(record.treaty);
  let folded = record;
  let added: RecordedAction[] = [];
  const settle = (): void => {
    if (added.length > 0) folded = { ...folded, actions: [...folded.actions, ...added] };
    added = [];
  };
  for (const event of events) {
    if (event.type === 'actionRecorded') {
      const ordinal = folded.actions.length + added.length;
      added.push(...evolve(bare, event).actions.map((action) => ({ ...action, ordinal })));
      continue;
    }
    settle();
    folded = evolve(folded, event);
  }
  settle();
  return folded;
}
