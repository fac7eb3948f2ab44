import { PdfDocument, componentWords, dateInWords, datesWrittenOut, type Language } from '#pages';
import type { CalendarDate, StatusRow } from '#treaty';
import {
  entryIntoForceAnswer,
  statusAnswer,
  treatyKnown,
  type TimesAsked,
  type ViewStates,
} from '#views';
import { kindLetter, kindName } from './action-words.tsx';
import type { ForceBody, StatusBody } from './bodies.ts';
import { forceSentence } from './force.tsx';
import { knownInWords } from './known-in-words.ts';
import { treatyPath } from './links.ts';
import { namesOn, titleIn, type NameOf } from './names.ts';
import { textsOf } from './statements.tsx';
import { sortedRows } from './status-table.tsx';
import { pageWords } from './words.ts';

interface Asked extends TimesAsked {
  readonly treaty: string;
}

/** The status of a treaty at a moment, as a document to print and to keep; null for no such treaty. */
export function statusPdf(
  states: ViewStates,
  { treaty, ...times }: Asked,
  language: Language,
  origin: string,
): { readonly revision: string; readonly make: () => Promise<Buffer> } | null {
  const known = treatyKnown(states, treaty, times);
  if (known?.record.registered == null) return null;
  const { record, participants, position, revision } = known;
  const title = titleIn(known.record.registered, language);
  return {
    revision,
    make: () => {
      const said = pageWords[language];
      const nameOf = namesOn(participants, times.asOf, language);
      const body = statusAnswer(states, { treaty, ...times })?.body() as StatusBody;
      const force = entryIntoForceAnswer(states, { treaty, ...times })?.body() as ForceBody;
      const { register } = componentWords[language];
      const asAt = said.treaty.statusCaption(dateInWords(times.asOf, language));
      const address = `${origin}${treatyPath(treaty, 'status')}?asOf=${times.asOf}&asKnownAt=${position}`;
      const pdf = new PdfDocument({
        title: `${title}: ${asAt}`,
        language,
        author: register,
        madeFrom: lastRecorded(states, treaty, position),
        foot: `${treaty}  ·  ${asAt}  ·  ${said.time.position} ${position}`,
      });
      pdf.paragraph(`${register}  ·  ${treaty}`, 'quiet');
      pdf.heading(1, title);
      pdf.paragraph(asAt, 'strong');
      const { signatories, contractingStates, parties } = body.totals;
      pdf.facts([
        [
          said.time.known,
          times.asKnownAt === null ? said.time.knownNow : knownInWords(times.asKnownAt, language),
        ],
        [said.time.position, position],
        [said.force.title, forceSentence(force, language)],
        [
          said.treaty.totals,
          `${signatories} ${said.treaty.signatories(signatories)}, ${contractingStates} ${said.treaty.contracting(contractingStates)}, ${parties} ${said.treaty.parties(parties)}`,
        ],
        ['URL', address],
      ]);
      table(pdf, sortedRows(body.participants, 'name', nameOf, language), nameOf, language, asAt);
      statements(pdf, body.participants, nameOf, textsOf(record), language);
      return pdf.finish();
    },
  };
}

function lastRecorded({ treaties }: ViewStates, treaty: string, position: string): string {
  const history = treaties.byId.get(treaty)?.history ?? [];
  return (
    history.findLast((event) => event.position === position)?.recordedAt ?? '1970-01-01T00:00:00Z'
  );
}

function table(
  pdf: PdfDocument,
  rows: readonly StatusRow[],
  nameOf: NameOf,
  language: Language,
  caption: string,
): void {
  const said = pageWords[language].status;
  const { statuses } = componentWords[language];
  const written = (date: CalendarDate | undefined): string =>
    date === undefined ? '' : dateInWords(date, language);
  pdf.table({
    caption,
    columns: [
      { label: said.participant, width: 30 },
      { label: said.status, width: 17 },
      { label: said.signature, width: 17 },
      { label: said.consent, width: 19 },
      { label: said.partyFrom, width: 19 },
    ],
    rows: rows.map(({ code, status, signature, consent, partyFrom, partyUntil, predecessors }) => [
      [
        nameOf(code),
        ...(predecessors === undefined
          ? []
          : [said.predecessors(predecessors.map(nameOf).join(', '))]),
      ].join('\n'),
      statuses[status],
      written(signature?.date),
      consent === undefined
        ? ''
        : `${written(consent.dateOfDeposit)}\n${[kindName(consent.kind, language), kindLetter(consent.kind)].filter((part) => part !== '').join(', ')}`,
      [
        written(partyFrom),
        ...(partyUntil === undefined ? [] : [said.until(written(partyUntil))]),
      ].join('\n'),
    ]),
  });
}

function statements(
  pdf: PdfDocument,
  rows: readonly StatusRow[],
  nameOf: NameOf,
  textOf: (action: string) => string | null,
  language: Language,
): void {
  const said = pageWords[language];
  const having = rows.filter(({ statements: made = [] }) => made.length > 0);
  if (having.length === 0) return;
  pdf.heading(2, said.treaty.statements);
  for (const { code, statements: made = [] } of having) {
    pdf.heading(3, nameOf(code));
    for (const { kind, date, state, action, objections = [] } of made) {
      const what = `${kindName(kind, language)}, ${dateInWords(date, language)}`;
      pdf.paragraph(`${what} (${said.statement.states[state] ?? state})`, 'strong');
      pdf.paragraph(textOf(action) ?? '');
      for (const one of objections) {
        const who = `${said.statement.objections}: ${nameOf(one.participant)}`;
        pdf.paragraph(datesWrittenOut(`${who}, ${one.date}`, language), 'quiet');
        pdf.paragraph(textOf(one.action) ?? '');
      }
    }
  }
}
