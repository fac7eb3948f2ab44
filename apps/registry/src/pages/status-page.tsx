import { dateInWords } from '#pages';
import type { ParticipantStatus } from '#treaty';
import { statusAnswer, type TimesAsked, type ViewStates } from '#views';
import type { PageContext, PageMaker } from '../queries/answer.ts';
import type { StatusBody } from './bodies.ts';
import { forceSentence } from './force.tsx';
import { treatyPath, urlOf } from './links.ts';
import {
  StatusFilter,
  StatusTable,
  rowsShown,
  statusOrders,
  type StatusFilters,
} from './status-table.tsx';
import { TreatyPageFrame, treatyAbout } from './treaty-frame.tsx';
import { Downloads, carriedOf } from './treaty-page.tsx';
import { pageWords } from './words.ts';

/** Parameters of the status table that only change which rows are shown, and in which order. */
export const statusFilterParameters = ['sort', 'status', 'find'] as const;

const statuses: readonly ParticipantStatus[] = [
  'party',
  'contracting-state',
  'signatory',
  'former-party',
  'none',
];

/** What the address asks of the table; what it cannot mean is passed over, for the rows are all there anyway. */
function filtersIn(context: PageContext): StatusFilters {
  const { searchParams } = urlOf(context);
  const sort = searchParams.get('sort') ?? 'name';
  return {
    sort: statusOrders.some((order) => order === sort.replace(/^-/, '')) ? sort : 'name',
    status: statuses.find((one) => one === searchParams.get('status')) ?? null,
    find: (searchParams.get('find') ?? '').slice(0, 60),
  };
}

/** The status table by itself: sorted and filtered as the address says, ready to print. */
export function statusPage(
  states: ViewStates,
  { treaty, ...times }: TimesAsked & { readonly treaty: string },
): PageMaker {
  return (context) => {
    const about = treatyAbout(states, treaty, times, context);
    const { link, nameOf } = about;
    const { language } = context;
    const said = pageWords[language];
    const body = statusAnswer(states, { treaty, ...times })?.body() as StatusBody;
    const filters = filtersIn(context);
    const rows = rowsShown(body.participants, filters, nameOf, language);
    const asked = { status: filters.status, find: filters.find === '' ? null : filters.find };
    return (
      <TreatyPageFrame about={about} part="status">
        <p>{forceSentence(body.entryIntoForce, language)}</p>
        <StatusFilter
          language={language}
          action={treatyPath(treaty, 'status')}
          filters={filters}
          carried={{ ...carriedOf(about), ...(filters.sort !== 'name' && { sort: filters.sort }) }}
          told={said.status.shown(rows.length, body.participants.length)}
        />
        <StatusTable
          {...{ treaty, language, link, nameOf, rows }}
          caption={said.treaty.statusCaption(dateInWords(times.asOf, language))}
          sort={filters.sort}
          sortHref={(sort) => link(treatyPath(treaty, 'status'), { ...asked, sort })}
        />
        <Downloads about={about} />
      </TreatyPageFrame>
    );
  };
}
