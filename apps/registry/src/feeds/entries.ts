import { dateInWords, type InEveryLanguage, type Language } from '#pages';
import { calendarDate, type ParticipantRegister, type Recorded } from '#treaty';
import type { FeedEntry } from '#views';
import { actionLabel, effectInWords, nameOf, titleOf } from './entry-words.ts';
import type { FeedItem, FeedLink } from './feed.ts';

export interface EntryContext {
  readonly participants: ParticipantRegister;
  readonly language: Language;
  readonly origin: string;
}

const words: InEveryLanguage<Readonly<Record<string, string>>> = {
  en: {
    actionCorrected: 'Correction',
    actionAnnulled: 'Annulment of the record',
    officialDateRecorded: 'Official date of entry into force',
    textRectified: 'Rectification of the text',
    treatyRegistered: 'Treaty registered',
    finalClausesRecorded: 'Final clauses recorded',
    reason: 'Reason',
    corrected: 'This record was corrected on',
    annulled: 'This record was annulled on',
  },
  fr: {
    actionCorrected: 'Correction',
    actionAnnulled: "Annulation de l'inscription",
    officialDateRecorded: "Date officielle d'entrée en vigueur",
    textRectified: 'Rectification du texte',
    treatyRegistered: 'Traité inscrit',
    finalClausesRecorded: 'Clauses finales inscrites',
    reason: 'Motif',
    corrected: 'Cette inscription a été corrigée le',
    annulled: 'Cette inscription a été annulée le',
  },
};

/** The id of an event's entry: that of the stored event, whatever address the register has. */
export const entryId = ({ id }: Recorded<unknown>): string => `urn:uuid:${id}`;

/** An entry of a feed of actions. */
export function itemOfEntry(entry: FeedEntry, context: EntryContext): FeedItem {
  const { recorded, record, action, first, later, effect } = entry;
  const { event } = recorded;
  const { origin, language } = context;
  const treatyLink: FeedLink = {
    address: `${origin}/treaties/${encodeURIComponent(record.treaty)}`,
    title: titleOf(entry, language),
  };
  const address = action === null ? treatyLink.address : `${origin}/actions/${action.first.action}`;
  return {
    id: entryId(recorded),
    title: headline(entry, context),
    text: textOf(entry, context),
    address,
    related: action === null ? [] : [treatyLink],
    refersTo: first === null || first === recorded ? null : { id: entryId(first), address },
    publishedAt: recorded.recordedAt,
    updatedAt: later.at(-1)?.recordedAt ?? recorded.recordedAt,
    tags: action === null ? [] : [kindTag(entry, language)],
    data: {
      type: event.type,
      treaty: record.treaty,
      position: recorded.position,
      ...(action !== null && {
        action: action.first.action,
        kind: action.current.kind,
        participant: action.current.participant,
        date: action.current.date,
        annulled: action.annulled,
      }),
      ...(effect !== undefined && {
        as_of: effect.asOf,
        status: effect.status,
        entry_into_force: effect.entryIntoForce,
        changes: effect.changes,
      }),
    },
  };
}

const kindTag = ({ action }: FeedEntry, language: Language) => {
  const kind = action?.current.kind ?? 'signature';
  return { term: kind, label: actionLabel(kind, language) };
};

/** Who, what, when: `France: Ratification, 20 November 2026 (XVIII-16)`. */
function headline(entry: FeedEntry, { participants, language }: EntryContext): string {
  const { recorded, record, action } = entry;
  const { event } = recorded;
  const own = words[language][event.type];
  if (action === null) {
    const code = event.type === 'officialDateRecorded' ? event.participant : null;
    const name =
      code === null || event.type !== 'officialDateRecorded'
        ? null
        : nameOf(participants, code, event.date, language);
    return `${own}${name === null ? '' : `, ${name}`} (${record.treaty})`;
  }
  const { participant, kind, date } = action.current;
  const name = nameOf(participants, participant, date, language);
  const colon = language === 'fr' ? '\u00A0:' : ':';
  const what = `${name}${colon} ${actionLabel(kind, language)}, ${dateInWords(date, language)} (${record.treaty})`;
  return own === undefined ? what : `${own} – ${what}`;
}

function textOf(entry: FeedEntry, { participants, language }: EntryContext): string {
  const { recorded, action, later, effect } = entry;
  const { event } = recorded;
  const said = words[language];
  const colon = language === 'fr' ? '\u00A0:' : ':';
  const name =
    action === null
      ? null
      : nameOf(participants, action.current.participant, action.current.date, language);
  const paragraphs = [titleOf(entry, language)];
  if (event.type === 'officialDateRecorded') paragraphs.push(dateInWords(event.date, language));
  if (effect !== undefined) paragraphs.push(...effectInWords(effect, name, language));
  if ('reason' in event) paragraphs.push(`${said['reason']}${colon} ${event.reason}`);
  if (event.type === 'textRectified') paragraphs.push(event.text);
  // The statement as it now stands, in the words in which it was made.
  if (event.type === 'actionRecorded' && action?.current.text != null)
    paragraphs.push(action.current.text);
  for (const { event: change, recordedAt } of later) {
    const done = change.type === 'actionAnnulled' ? said['annulled'] : said['corrected'];
    const on = dateInWords(calendarDate(recordedAt.slice(0, 10)), language);
    const reason = 'reason' in change ? ` ${change.reason}` : '';
    paragraphs.push(`${done} ${on}.${reason}`);
  }
  return paragraphs.join('\n\n');
}
