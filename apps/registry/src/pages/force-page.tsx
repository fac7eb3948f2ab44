import type { VNode } from 'preact';
import { DataTable, DateText } from '#pages';
import { entryIntoForceAnswer, type TimesAsked, type ViewStates } from '#views';
import type { PageMaker } from '../queries/answer.ts';
import { kindName } from './action-words.tsx';
import type { ForceBody } from './bodies.ts';
import { Downloads, calendarOf, subscriptionOf, type Form } from './downloads.tsx';
import { Arithmetic, Gauge } from './force.tsx';

import { LawSentence } from './law-sentence.tsx';
import { actionPath, treatyPath } from './links.ts';
import { TreatyPageFrame, treatyAbout, type TreatyAbout } from './treaty-frame.tsx';
import { pageWords } from './words.ts';

/** When the treaty enters into force and why: the gauge, the arithmetic, what counted and what did not. */
export function forcePage(
  states: ViewStates,
  { treaty, ...times }: TimesAsked & { readonly treaty: string },
): PageMaker {
  return (context) => {
    const about = treatyAbout(states, treaty, times, context);
    const { language } = context;
    const said = pageWords[language].force;
    const force = entryIntoForceAnswer(states, { treaty, ...times })?.body() as ForceBody;
    return (
      <TreatyPageFrame about={about} part="entry-into-force">
        <Gauge force={force} language={language} />
        <h2>{said.steps}</h2>
        <Arithmetic force={force} language={language} />
        <Counted about={about} force={force} />
        {force.notCounted.length > 0 && <NotCounted about={about} force={force} />}
        <Downloads
          context={context}
          forms={[calendarOf(context, treatyPath(treaty)), ...toldOfForce(about, force)]}
        />
      </TreatyPageFrame>
    );
  };
}

/** Numbers of instruments that a subscription can ask for. */
const mostInstruments = 300;

/**
 * The form to subscribe with what is worth knowing ahead: three quarters of the instruments, the last but one and
 * the last; a month before the day, and the day itself. For a treaty that waits for nothing, its acts.
 */
function toldOfForce({ treaty, context }: TreatyAbout, force: ForceBody): readonly Form[] {
  const { state, counted, required } = force;
  const label = pageWords[context.language].treaty.beToldOfForce;
  const days = { treaties: treaty, inForceInDays: '30,0' };
  if (state === 'fixed') return subscriptionOf(context, days, label);
  if (state !== 'pending' || required === null)
    return subscriptionOf(context, { treaties: treaty });
  const counts = [...new Set([Math.ceil((required * 3) / 4), required - 1, required])].filter(
    (count) => count > counted && count <= mostInstruments,
  );
  return subscriptionOf(context, { ...days, counts: counts.join(',') || null }, label);
}

interface Instruments {
  readonly about: TreatyAbout;
  readonly force: ForceBody;
}

function Who({ about, code }: { readonly about: TreatyAbout; readonly code: string }): VNode {
  const { treaty, link, nameOf } = about;
  return <a href={link(treatyPath(treaty, `participants/${code}`))}>{nameOf(code)}</a>;
}

function Counted({ about, force }: Instruments): VNode {
  const { language } = about.context;
  const said = pageWords[language];
  return (
    <DataTable
      language={language}
      caption={<strong>{said.force.counted}</strong>}
      columns={[
        { key: 'number', label: said.force.order, cell: ({ number }) => number },
        {
          key: 'participant',
          label: said.status.participant,
          kind: 'heading',
          cell: ({ participant }) => <Who about={about} code={participant} />,
        },
        { key: 'kind', label: said.force.kind, cell: ({ kind }) => kindName(kind, language) },
        {
          key: 'deposit',
          label: said.force.deposit,
          cell: ({ action, dateOfDeposit }) => (
            <a href={about.link(actionPath(action), { asOf: null, asKnownAt: null })}>
              <DateText date={dateOfDeposit} language={language} />
            </a>
          ),
        },
      ]}
      rows={force.countedInstruments}
    />
  );
}

function NotCounted({ about, force }: Instruments): VNode {
  const { language } = about.context;
  const said = pageWords[language];
  return (
    <DataTable
      language={language}
      caption={<strong>{said.force.notCounted}</strong>}
      columns={[
        {
          key: 'participant',
          label: said.status.participant,
          kind: 'heading',
          cell: ({ participant }) => <Who about={about} code={participant} />,
        },
        { key: 'kind', label: said.force.kind, cell: ({ kind }) => kindName(kind, language) },
        {
          key: 'deposit',
          label: said.force.deposit,
          cell: ({ dateOfDeposit }) => <DateText date={dateOfDeposit} language={language} />,
        },
        {
          key: 'reason',
          label: said.force.reason,
          cell: ({ reason }) => <LawSentence sentence={reason} language={language} />,
        },
      ]}
      rows={force.notCounted}
    />
  );
}
