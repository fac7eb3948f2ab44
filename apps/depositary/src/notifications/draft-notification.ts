import type { TogetherRow } from '#ledger';
import {
  actionKinds,
  entryIntoForceOf,
  participantOf,
  statusOf,
  type ActionRecorded,
  type AnswerOptions,
  type CalendarDate,
  type CirculatedText,
  type ParticipantRegister,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import { actionInWords, dateInWords, filled, paragraphs, sentences, subjects } from './wording.ts';

/** A notification before it has a number: an officer may still change its words. */
export interface NotificationWords {
  readonly subject: CirculatedText;
  readonly text: CirculatedText;
  readonly actions: readonly string[];
  readonly announcesEntryIntoForce: CalendarDate | null;
  readonly corrects: string | null;
}

export interface DraftingContext {
  readonly participants: ParticipantRegister;
  readonly options: AnswerOptions;
  /** One for each act, or one for all. */
  readonly notify: 'each' | 'grouped';
  /** The notification that a corrigendum refers back to. */
  readonly corrects: string | null;
}

const both = (text: string): CirculatedText => ({ en: text, fr: text });
const secretaryGeneral = 'Secretary-General of the United Nations';

class Drafting {
  private readonly context: DraftingContext;
  private readonly title: CirculatedText;
  private readonly opening: CirculatedText;

  constructor(record: TreatyRecord, context: DraftingContext) {
    this.context = context;
    const { title = record.treaty, titleFr = null, depositary = null } = record.registered ?? {};
    this.title = { en: title, fr: titleFr ?? title };
    this.opening =
      depositary === null || depositary === secretaryGeneral
        ? sentences.ofTheSecretaryGeneral
        : filled(sentences.ofAnother, { depositary });
  }

  name(code: string): CirculatedText {
    const known = participantOf(this.context.participants, code);
    return known === null ? both(code) : { en: known.name, fr: known.nameFr ?? known.name };
  }

  /** The notification of acts of one or more participants; the last one may be the last required. */
  acts(
    acts: readonly ActionRecorded[],
    before: TreatyRecord,
    after: TreatyRecord,
  ): NotificationWords {
    const announced = this.entryIntoForce(before, after);
    const [first] = acts;
    if (first === undefined) throw new Error('A notification tells of at least one act.');
    const kinds = [...new Set(acts.map(({ kind }) => kind))].map(actionInWords);
    const list = (language: 'en' | 'fr'): string =>
      [
        ...kinds.map((words) => words[language]),
        ...(announced === null ? [] : [subjects.entryIntoForce[language]]),
      ].join(', ');
    const participants = [...new Set(acts.map(({ participant }) => participant))];
    const who = participants.length === 1 ? this.name(first.participant) : null;
    const subject = {
      en: who === null ? list('en') : `${who.en}: ${list('en')}`,
      fr: who === null ? list('fr') : `${who.fr} : ${list('fr')}`,
    };
    const oneDay = acts.every(({ date, kind }) => date === first.date && kind === first.kind);
    const effected =
      oneDay || who !== null
        ? [
            filled(sentences.effected, { date: dateInWords(first.date) }),
            ...participants.map((code) =>
              filled(sentences.participant, { participant: this.name(code) }),
            ),
          ]
        : [
            sentences.effectedOnDates,
            ...acts.map((act) =>
              filled(sentences.row, {
                participant: this.name(act.participant),
                action: actionInWords(act.kind),
                date: dateInWords(act.date),
              }),
            ),
          ];
    return {
      subject,
      text: paragraphs(
        this.opening,
        ...effected,
        ...acts.flatMap((act) => this.consequences(act, after)),
        ...(announced === null ? [] : [announced.words]),
      ),
      actions: acts.map(({ action }) => action),
      announcesEntryIntoForce: announced?.date ?? null,
      corrects: null,
    };
  }

  /** What follows from one act: its text, its territory, when it binds or ceases to. */
  private consequences(act: ActionRecorded, after: TreatyRecord): CirculatedText[] {
    const { participants, options } = this.context;
    const found: CirculatedText[] = [];
    if (act.territory !== null)
      found.push(filled(sentences.territory, { territory: act.territory }));
    if (act.text !== null)
      found.push(filled(sentences.text, { action: actionInWords(act.kind) }), both(act.text));
    if (act.override?.refusals.includes('late-reservation') === true)
      found.push(sentences.lateReservation);
    const { family } = actionKinds[act.kind];
    if (family !== 'consent' && family !== 'withdrawal-from-treaty') return found;
    const row = statusOf(after, participants, options).participants.find(
      ({ code }) => code === act.participant,
    );
    const blanks = { treaty: this.title, participant: this.name(act.participant) };
    if (row?.consent?.action === act.action && row.partyFrom !== undefined)
      found.push(
        filled(sentences.binds, {
          ...blanks,
          date: dateInWords(row.partyFrom),
          under: this.under(row.partyFromRule?.article ?? null),
        }),
      );
    if (row?.withdrawal?.action === act.action && row.withdrawal.effectFrom !== null)
      found.push(
        filled(sentences.leaves, {
          ...blanks,
          date: dateInWords(row.withdrawal.effectFrom),
          under: this.under(after.finalClauses.withdrawal?.article ?? null),
        }),
      );
    return found;
  }

  private under(article: string | null): CirculatedText {
    return article === null ? both('') : filled(sentences.under, { article });
  }

  /** The announcement, where what was recorded met the last condition (VCLT 77(1)(f)). */
  private entryIntoForce(
    before: TreatyRecord,
    after: TreatyRecord,
  ): { date: CalendarDate; words: CirculatedText } | null {
    const { participants, options } = this.context;
    const was = entryIntoForceOf(before, participants, options);
    const is = entryIntoForceOf(after, participants, options);
    if (was.state !== 'pending' || is.date === undefined) return null;
    const met = is.countedInstruments.map(({ dateOfDeposit }) => dateOfDeposit).toSorted();
    const last = met.at((is.required ?? 0) - 1) ?? met.at(-1);
    return {
      date: is.date,
      words: filled(sentences.enters, {
        met: last === undefined ? both('…') : dateInWords(last),
        treaty: this.title,
        date: dateInWords(is.date),
        under: this.under(is.article),
      }),
    };
  }

  /** What any other event is circulated as; null: it is not circulated. */
  other(event: TreatyEvent, before: TreatyRecord): NotificationWords | null {
    const make = (
      subject: CirculatedText,
      parts: readonly CirculatedText[],
      actions: readonly string[] = [],
    ): NotificationWords => ({
      subject,
      text: paragraphs(this.opening, ...parts, ...this.refersBack()),
      actions,
      announcesEntryIntoForce: null,
      corrects: this.context.corrects,
    });
    switch (event.type) {
      case 'actionCorrected':
      case 'actionAnnulled': {
        const found = before.actions.find(({ first }) => first.action === event.action)?.current;
        if (found === undefined) return null;
        const parts =
          event.type === 'actionCorrected'
            ? this.correction(found, event.changes, event.reason)
            : [filled(sentences.annuls, { ...this.blanksOf(found), reason: event.reason })];
        return make(subjects.corrigendum, parts, [event.action]);
      }
      case 'officialDateRecorded': {
        const { participant, date, reason } = event;
        const whom =
          participant === null
            ? both('')
            : filled(sentences.forParticipant, { participant: this.name(participant) });
        const blanks = { treaty: this.title, date: dateInWords(date), reason, for: whom };
        return {
          ...make(subjects.officialDate, [filled(sentences.officialDate, blanks)]),
          announcesEntryIntoForce: participant === null ? date : null,
        };
      }
      case 'rectificationProposed':
        return make(subjects.proposal, [
          filled(sentences.errorFound, { treaty: this.title }),
          both(event.text),
          filled(sentences.unlessObjection, { date: dateInWords(event.objectionsUntil) }),
        ]);
      case 'rectificationObjected': {
        const blanks = { date: dateInWords(event.date), participant: this.name(event.participant) };
        const words = event.text === null ? [] : [both(event.text)];
        return make(subjects.objection, [filled(sentences.objectedTo, blanks), ...words]);
      }
      case 'rectificationAdopted': {
        const procedure = before.procedures.find(
          ({ proposed }) => proposed.rectification === event.rectification,
        );
        const until = dateInWords(procedure?.proposed.objectionsUntil ?? event.date);
        return make(subjects.rectification, [
          filled(sentences.rectified, { until, date: dateInWords(event.date) }),
          both(event.procesVerbal),
        ]);
      }
      default:
        return null;
    }
  }

  private blanksOf({ participant, kind, date }: ActionRecorded): Record<string, CirculatedText> {
    return {
      participant: this.name(participant),
      action: actionInWords(kind),
      date: dateInWords(date),
    };
  }

  private correction(found: ActionRecorded, changes: object, reason: string): CirculatedText[] {
    const shown = (value: unknown): string => (typeof value === 'string' ? value : '—');
    return [
      filled(sentences.corrects, { ...this.blanksOf(found), reason }),
      ...Object.entries(changes).map(([field, now]) =>
        filled(sentences.shouldRead, {
          field,
          now: shown(now),
          was: shown(found[field as keyof ActionRecorded]),
        }),
      ),
    ];
  }

  private refersBack(): CirculatedText[] {
    const { corrects } = this.context;
    return corrects === null ? [] : [filled(sentences.refersTo, { notification: corrects })];
  }
}

const isAct = (event: TreatyEvent): event is ActionRecorded => event.type === 'actionRecorded';

/**
 * The notifications that are due for what was, or would be, recorded: from the events and from the record
 * before and after each. A statement goes with the act of its State that it came with.
 */
export function draftNotifications(
  rows: readonly TogetherRow[],
  context: DraftingContext,
): NotificationWords[] {
  const [start] = rows;
  const end = rows.at(-1);
  if (start === undefined || end === undefined) return [];
  const drafting = new Drafting(start.before, context);
  const groups: { acts: ActionRecorded[]; before: TreatyRecord; after: TreatyRecord }[] = [];
  const others: NotificationWords[] = [];
  for (const { decision, before, after } of rows) {
    if (decision.outcome !== 'events') continue;
    for (const event of decision.events) {
      if (!isAct(event)) {
        const words = drafting.other(event, before);
        if (words !== null) others.push(words);
        continue;
      }
      const last = groups.at(-1);
      const together =
        last !== undefined &&
        (context.notify === 'grouped' ||
          (last.acts.at(0)?.participant === event.participant &&
            last.acts.at(0)?.date === event.date));
      if (together) {
        last.acts.push(event);
        last.after = after;
      } else groups.push({ acts: [event], before, after });
    }
  }
  return [
    ...groups.map(({ acts, before, after }) => drafting.acts(acts, before, after)),
    ...others,
  ];
}
