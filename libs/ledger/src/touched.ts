import type { ParticipantEvent, ParticipantRegister } from '#treaty';

/** What of the register an event is about. */
export function touched({ byCode, tables }: ParticipantRegister, event: ParticipantEvent): unknown {
  if (event.type === 'attributeTableRecorded') return tables[event.attribute];
  return byCode['organization' in event ? event.organization : event.participant];
}
