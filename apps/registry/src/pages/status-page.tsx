import { dateInWords } from '#pages';
import { statusAnswer, statusRowsAsked, type StatusTableAsked, type ViewStates } from '#views';
import type { PageMaker } from '../queries/answer.ts';
import type { StatusBody } from './bodies.ts';
import { Downloads, tablesOf } from './downloads.tsx';
import { forceSentence } from './force.tsx';
import { treatyPath } from './links.ts';
import { inOrder } from './list-filter.tsx';
import { StatusFilter, StatusTable, sortedRows } from './status-table.tsx';
import { TreatyPageFrame, treatyAbout } from './treaty-frame.tsx';
import { formsOf } from './treaty-page.tsx';
import { pageWords } from './words.ts';

/** The status table by itself: sorted and filtered as the address says, ready to print. */
export function statusPage(states: ViewStates, asked: StatusTableAsked): PageMaker {
  return (context) => {
    const { treaty, asOf, asKnownAt, sort } = asked;
    const about = treatyAbout(states, treaty, { asOf, asKnownAt }, context);
    const { nameOf, known } = about;
    const { language } = context;
    const said = pageWords[language];
    const body = statusAnswer(states, { treaty, asOf, asKnownAt })?.body() as StatusBody;
    const fitting = statusRowsAsked(body.participants, asked, known.participants);
    const rows = sortedRows(fitting, sort, nameOf, language);
    return (
      <TreatyPageFrame about={about} part="status">
        <p>{forceSentence(body.entryIntoForce, language)}</p>
        <StatusFilter
          context={context}
          action={treatyPath(treaty, 'status')}
          status={asked.status}
          name={asked.name ?? ''}
          told={said.status.shown(rows.length, body.participants.length)}
        />
        <StatusTable
          about={about}
          rows={rows}
          caption={said.treaty.statusCaption(dateInWords(asOf, language))}
          sort={sort}
          sortHref={(order) => inOrder(context, order)}
        />
        <Downloads context={context} forms={[...tablesOf(context), ...formsOf(about)]} />
      </TreatyPageFrame>
    );
  };
}
