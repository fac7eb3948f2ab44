import type { TreatyEvent } from './events.ts';
import { unknownFinalClauses } from './final-clauses.ts';
import type { RecordedAction, TreatyRecord } from './record.ts';
import { evolveRectifications } from './rectifications.ts';

/** Nothing is on record of the treaty yet. */
export function emptyRecord(treaty: string): TreatyRecord {
  return {
    treaty,
    registered: null,
    finalClauses: unknownFinalClauses,
    actions: [],
    officialDates: [],
    rectifications: [],
    procedures: [],
    documents: [],
  };
}

/** The fold of one treaty's events. Total: what refers to an action nobody recorded changes nothing. */
export function evolve(record: TreatyRecord, event: TreatyEvent): TreatyRecord {
  const change = (
    action: string,
    by: (recorded: RecordedAction) => RecordedAction,
  ): TreatyRecord => ({
    ...record,
    actions: record.actions.map((recorded) =>
      recorded.first.action === action ? by(recorded) : recorded,
    ),
  });
  switch (event.type) {
    case 'treatyRegistered':
      return { ...record, registered: event, finalClauses: event.finalClauses };
    case 'finalClausesRecorded':
      return { ...record, finalClauses: event.finalClauses };
    case 'actionRecorded': {
      const ordinal = record.actions.length;
      const recorded: RecordedAction = {
        current: event,
        first: event,
        corrections: [],
        annulled: null,
        documents: [],
        ordinal,
      };
      return { ...record, actions: [...record.actions, recorded] };
    }
    case 'actionCorrected':
      return change(event.action, (recorded) => ({
        ...recorded,
        current: { ...recorded.current, ...event.changes },
        corrections: [...recorded.corrections, event],
      }));
    case 'actionAnnulled':
      return change(event.action, (recorded) => ({ ...recorded, annulled: event.reason }));
    case 'officialDateRecorded':
      return { ...record, officialDates: [...record.officialDates, event] };
    case 'textRectified':
      return { ...record, rectifications: [...record.rectifications, event] };
    case 'rectificationProposed':
    case 'rectificationObjected':
    case 'rectificationAdopted':
      return { ...record, procedures: evolveRectifications(record.procedures, event) };
    case 'documentsAttached': {
      const { action, documents } = event;
      if (action === null) return { ...record, documents: [...record.documents, ...documents] };
      return change(action, (recorded) => ({
        ...recorded,
        documents: [...recorded.documents, ...documents],
      }));
    }
  }
}
