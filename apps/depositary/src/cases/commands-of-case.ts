import {
  actionKinds,
  isCalendarDate,
  type ActionKind,
  type AttachedDocument,
  type CalendarDate,
  type RecordAction,
  type TreatyCommand,
} from '#treaty';
import { correctedFields } from '../treaties/corrected-fields.ts';
import type { ActDraft, CaseContent } from './case-content.ts';
import type { CaseFile } from './case-file.ts';
import type { FormFault } from './due-form.ts';

export interface ReadCase {
  readonly commands: readonly TreatyCommand[];
  /** What keeps the draft from being commands, by field. */
  readonly faults: readonly FormFault[];
}

const given = (text: string | null | undefined): string | null =>
  text == null || text.trim() === '' ? null : text.trim();

/** Collects what is missing or unreadable, so that all of it is told at once. */
class Reader {
  readonly faults: FormFault[] = [];

  text(field: string, value: string | null | undefined): string {
    const found = given(value);
    if (found === null) this.faults.push({ field, detail: 'is missing' });
    return found ?? '';
  }

  date(field: string, value: string | null | undefined): CalendarDate {
    const found = given(value);
    if (isCalendarDate(found)) return found;
    const detail =
      found === null ? 'is missing' : 'must be a calendar date that exists, written YYYY-MM-DD';
    this.faults.push({ field, detail });
    return '' as CalendarDate;
  }

  maybeDate(field: string, value: string | null | undefined): CalendarDate | null {
    return given(value) === null ? null : this.date(field, value);
  }

  kind(field: string, value: string | null | undefined): ActionKind {
    const found = this.text(field, value);
    if (found !== '' && !Object.hasOwn(actionKinds, found))
      this.faults.push({ field, detail: 'must be a kind of action, such as ratification' });
    return found as ActionKind;
  }
}

function actOf(treaty: string, act: ActDraft, path: string, reader: Reader): RecordAction {
  const overrideReason = given(act.overrideReason);
  return {
    type: 'recordAction',
    treaty,
    kind: reader.kind(`${path}.kind`, act.kind),
    participant: reader.text(`${path}.participant`, act.participant),
    date: reader.date(`${path}.date`, act.date),
    dateOfInstrument: reader.maybeDate(`${path}.dateOfInstrument`, act.dateOfInstrument),
    dateOfReceipt: reader.maybeDate(`${path}.dateOfReceipt`, act.dateOfReceipt),
    dateOfEffect: reader.maybeDate(`${path}.dateOfEffect`, act.dateOfEffect),
    place: given(act.place),
    text: given(act.text),
    territory: given(act.territory),
    relatesTo: given(act.relatesTo),
    predecessor: given(act.predecessor),
    note: given(act.note),
    source: given(act.source),
    ...(overrideReason !== null && { overrideReason }),
  };
}

const attachedOf = ({ documents }: Pick<CaseFile, 'documents'>): AttachedDocument[] =>
  documents.map(({ sha256, name, mediaType, size, role, language }) => ({
    sha256,
    name,
    mediaType,
    size,
    role,
    language,
  }));

/** The commands of the law that a case becomes once it is approved. Pure: the law judges them afterwards. */
export function commandsOfCase(
  file: Pick<CaseFile, 'kind' | 'treaty' | 'content' | 'documents'>,
): ReadCase {
  const reader = new Reader();
  const documents = attachedOf(file);
  const commands = commandsIn(file.kind, file.treaty, file.content, reader).map(
    (command, index): TreatyCommand =>
      // Documents of an instrument are those of its act; in a ceremony, every signature's.
      documents.length > 0 && (index === 0 || file.kind === 'ceremony')
        ? ({ ...command, documents } as TreatyCommand)
        : command,
  );
  return { commands, faults: reader.faults };
}

function commandsIn(
  kind: CaseFile['kind'],
  treaty: string,
  content: CaseContent,
  reader: Reader,
): TreatyCommand[] {
  const reason = (): string => reader.text('reason', content.reason);
  switch (kind) {
    case 'instrument':
    case 'ceremony': {
      const acts = content.acts ?? [];
      if (acts.length === 0) reader.faults.push({ field: 'acts', detail: 'has no act yet' });
      const read = acts.map((act, index) => actOf(treaty, act, `acts[${index}]`, reader));
      for (const [index, { kind: act }] of kind === 'ceremony' ? read.entries() : [])
        if (Object.hasOwn(actionKinds, act) && !actionKinds[act].family.startsWith('signature'))
          reader.faults.push({
            field: `acts[${index}].kind`,
            detail: 'a ceremony has signatures only',
          });
      return read;
    }
    case 'correction': {
      const action = reader.text('action', content.action);
      const fields = correctedFields(content.changes ?? {});
      if ('fault' in fields)
        reader.faults.push({
          field: `changes.${fields.fault.field}`,
          detail: fields.fault.detail,
        });
      const changes = 'changes' in fields ? fields.changes : {};
      if (Object.keys(content.changes ?? {}).length === 0)
        reader.faults.push({ field: 'changes', detail: 'names no field to correct' });
      const overrideReason = given(content.overrideReason) ?? undefined;
      return [{ type: 'correctAction', treaty, action, changes, reason: reason(), overrideReason }];
    }
    case 'annulment': {
      const action = reader.text('action', content.action);
      return [{ type: 'annulAction', treaty, action, reason: reason() }];
    }
    case 'official-date': {
      const date = reader.date('date', content.date);
      const participant = given(content.participant);
      return [{ type: 'recordOfficialDate', treaty, participant, date, reason: reason() }];
    }
    case 'rectification-proposal':
    case 'rectification-objection':
    case 'rectification-adoption':
      return [rectificationIn(kind, treaty, content, reader)];
  }
}

function rectificationIn(
  kind: 'rectification-proposal' | 'rectification-objection' | 'rectification-adoption',
  treaty: string,
  content: CaseContent,
  reader: Reader,
): TreatyCommand {
  const date = reader.date('date', content.date);
  if (kind === 'rectification-proposal') {
    const text = reader.text('text', content.text);
    const days = content.daysForObjections ?? undefined;
    return { type: 'proposeRectification', treaty, date, text, daysForObjections: days };
  }
  const rectification = reader.text('rectification', content.rectification);
  if (kind === 'rectification-objection') {
    const participant = reader.text('participant', content.participant);
    const text = given(content.text);
    return { type: 'objectToRectification', treaty, rectification, participant, date, text };
  }
  const procesVerbal = reader.text('text', content.text);
  return { type: 'adoptRectification', treaty, rectification, date, procesVerbal };
}
