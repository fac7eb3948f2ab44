import type { VNode } from 'preact';
import { DateText, type Language } from '#pages';
import { actionKinds, type CalendarDate, type EntryIntoForce, type TreatyRecord } from '#treaty';
import { treatyPath, type Link } from './links.ts';
import { pageWords } from './words.ts';

interface Milestone {
  readonly date: CalendarDate;
  readonly words: string;
}

type Counted = 'signatures' | 'consents' | 'leavings' | 'others';

/** Milestones of a treaty: adoption, signature, the instrument that made it enter into force, the date itself. */
function milestonesOf(
  record: TreatyRecord,
  force: EntryIntoForce,
  language: Language,
): readonly Milestone[] {
  const said = pageWords[language].timeline;
  const adopted = record.registered?.dateOfAdoption ?? null;
  const windows = record.finalClauses.signature?.windows ?? [];
  const last = force.required === null ? undefined : force.countedInstruments[force.required - 1];
  return [
    ...(adopted === null ? [] : [{ date: adopted, words: said.adopted }]),
    ...windows.map(({ from, place }) => ({ date: from, words: said.opened(place) })),
    ...windows.flatMap(({ until }) =>
      until === null || until === 'entry-into-force' ? [] : [{ date: until, words: said.closed }],
    ),
    ...(last === undefined
      ? []
      : [{ date: last.dateOfDeposit, words: said.threshold(String(last.number)) }]),
    ...(force.date === undefined ? [] : [{ date: force.date, words: said.inForce }]),
  ];
}

function countedAs(kind: keyof typeof actionKinds): Counted {
  const { family } = actionKinds[kind];
  if (family === 'signature') return 'signatures';
  if (family === 'consent' || family === 'signature-and-consent') return 'consents';
  return family === 'withdrawal-from-treaty' ? 'leavings' : 'others';
}

/** How many acts of which sort each year saw, up to a date. */
function yearsOf(record: TreatyRecord, asOf: CalendarDate): Map<string, Record<Counted, number>> {
  const years = new Map<string, Record<Counted, number>>();
  for (const { current, annulled } of record.actions) {
    if (annulled !== null || current.date > asOf) continue;
    const year = current.date.slice(0, 4);
    const counts = years.get(year) ?? { signatures: 0, consents: 0, leavings: 0, others: 0 };
    counts[countedAs(current.kind)] += 1;
    years.set(year, counts);
  }
  return years;
}

/** What happened to a treaty in order: milestones by date, acts by year with a link to each year's. */
export function Timeline(props: {
  readonly record: TreatyRecord;
  readonly force: EntryIntoForce;
  readonly asOf: CalendarDate;
  readonly language: Language;
  readonly link: Link;
}): VNode {
  const { record, force, asOf, language, link } = props;
  const said = pageWords[language].timeline;
  const entries = [
    ...milestonesOf(record, force, language).map(({ date, words }) => ({
      at: date as string,
      shown: (
        <li key={`${date} ${words}`} class="milestone">
          <DateText date={date} language={language} /> {words}
        </li>
      ),
    })),
    ...[...yearsOf(record, asOf)].map(([year, counts]) => ({
      at: `${year}~`,
      shown: (
        <li key={year}>
          <a
            href={link(treatyPath(record.treaty, 'actions'), {
              from: `${year}-01-01`,
              to: `${year}-12-31`,
              asOf: null,
              asKnownAt: null,
            })}
          >
            {year}
          </a>{' '}
          {(['signatures', 'consents', 'leavings', 'others'] as const)
            .filter((sort) => counts[sort] > 0)
            .map((sort) => said[sort](counts[sort]))
            .join(', ')}
        </li>
      ),
    })),
  ];
  return (
    <ol class="timeline figures">
      {entries.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map(({ shown }) => shown)}
    </ol>
  );
}
