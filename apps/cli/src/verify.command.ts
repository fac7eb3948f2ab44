import { emptyParticipants, emptyRecord, evolve, evolveParticipants, participantOf } from '#treaty';
import type { ParticipantEvent, ParticipantRegister, TreatyEvent, TreatyRecord } from '#treaty';
import type { Configuration } from '#standalone';
import { openLedger } from './open-ledger.ts';

const mostShown = 20;

/**
 * `ledger verify`: reads every event and checks what everything else relies on: each can be read, revisions
 * and positions have no gap and no step back, ids are unique, what is referred to is there.
 * @returns 0 when nothing was found, 1 when something was
 */
export async function verifyCommand(configuration: Configuration): Promise<number> {
  const { ledger, store, close } = await openLedger(configuration);
  const faults: string[] = [];
  const revisions = new Map<string, number>();
  const ids = new Set<string>();
  const actions = new Set<string>();
  const records = new Map<string, TreatyRecord>();
  let participants: ParticipantRegister = emptyParticipants;
  let position = -1n;
  let events = 0;
  try {
    // An event that cannot be read throws, and its message names where it is.
    for await (const { event, id, stream, revision, position: at } of ledger.read()) {
      events += 1;
      const where = `${stream}@${revision}`;
      const expected = (revisions.get(stream) ?? -1) + 1;
      if (revision !== expected) faults.push(`${where}: revision ${expected} is missing`);
      revisions.set(stream, revision);
      if (BigInt(at) <= position) faults.push(`${where}: position ${at} is not after ${position}`);
      position = BigInt(at);
      if (ids.has(id)) faults.push(`${where}: the event id ${id} is there twice`);
      ids.add(id);
      if (stream === 'participants') {
        participants = evolveParticipants(participants, event as ParticipantEvent);
        continue;
      }
      if (event.type === 'depositaryNotificationIssued') {
        if (event.serial !== revision + 1 || stream !== `notifications-${event.year}`)
          faults.push(`${where}: its number is ${event.notification}`);
        continue;
      }
      const treatyEvent = event as TreatyEvent;
      if (stream !== `treaty-${treatyEvent.treaty}`)
        faults.push(`${where}: the event is of treaty ${treatyEvent.treaty}`);
      if (treatyEvent.type === 'actionRecorded') {
        if (actions.has(treatyEvent.action))
          faults.push(`${where}: action ${treatyEvent.action} is there twice`);
        actions.add(treatyEvent.action);
        if (participantOf(participants, treatyEvent.participant) === null)
          faults.push(`${where}: participant ${treatyEvent.participant} is not registered`);
      } else if (
        'action' in treatyEvent &&
        treatyEvent.action !== null &&
        !actions.has(treatyEvent.action)
      )
        faults.push(`${where}: refers to action ${treatyEvent.action}, which is not there`);
      const record = records.get(treatyEvent.treaty) ?? emptyRecord(treatyEvent.treaty);
      records.set(treatyEvent.treaty, evolve(record, treatyEvent));
    }
  } finally {
    await close();
  }
  for (const fault of faults.slice(0, mostShown)) process.stdout.write(`  ${fault}\n`);
  if (faults.length > mostShown) process.stdout.write(`  and ${faults.length - mostShown} more\n`);
  process.stdout.write(
    `Read ${events} events of ${records.size} treaties with ${actions.size} actions from ${store.name}: ${faults.length === 0 ? 'nothing wrong' : `${faults.length} faults`}.\n`,
  );
  return faults.length === 0 ? 0 : 1;
}
