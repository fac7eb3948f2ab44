import type { VNode } from 'preact';
import { DataTable, DateText, Facts, Notice, Pagination, type Language } from '#pages';
import type { NotificationsAsked, ViewStates } from '#views';
import type { PageContext, PageMaker } from '../queries/answer.ts';
import { kindName } from './action-words.tsx';
import type { NotificationBody, NotificationsBody } from './bodies.ts';
import { Downloads, feedsOf, subscriptionOf } from './downloads.tsx';
import { RegisterPage } from './frame.tsx';
import { actionPath, linkerOf, notificationPath, treatyPath, urlOf, type Link } from './links.ts';
import { FilterText, ListFilter, pagesOf } from './list-filter.tsx';
import { titleIn } from './names.ts';
import { TreatyPageFrame, treatyAbout } from './treaty-frame.tsx';
import { pageWords } from './words.ts';

/** Depositary notifications of one treaty or of all, the latest first. `body` is the answer that a program gets. */
export function notificationsPage(
  states: ViewStates,
  asked: NotificationsAsked,
  body: () => object,
): PageMaker {
  return (context) => {
    const { treaty, asOf, asKnownAt } = asked;
    const list = body() as NotificationsBody;
    const said = pageWords[context.language].notification;
    if (treaty !== null && urlOf(context).pathname.startsWith('/treaties/'))
      return (
        <TreatyPageFrame
          about={treatyAbout(states, treaty, { asOf, asKnownAt }, context)}
          part="notifications"
        >
          <List context={context} list={list} treaty={treaty} />
        </TreatyPageFrame>
      );
    return (
      <RegisterPage
        context={context}
        title={said.title}
        section="notifications"
        trail={[]}
        moment={{ asOf, asKnownAt, position: null }}
      >
        <h1>{said.title}</h1>
        <List context={context} list={list} treaty={null} />
      </RegisterPage>
    );
  };
}

function List(props: {
  readonly context: PageContext;
  readonly list: NotificationsBody;
  readonly treaty: string | null;
}): VNode {
  const { context, list, treaty } = props;
  const feed = treaty === null ? '/notifications' : treatyPath(treaty, 'notifications');
  const { language } = context;
  const said = pageWords[language].notification;
  const filters = ['q', 'year', 'participant', 'from', 'to'];
  return (
    <>
      <p>{said.informative}</p>
      <ListFilter context={context} names={filters}>
        <FilterText context={context} name="q" label={said.words} />
        <FilterText
          context={context}
          name="from"
          label={pageWords[language].actions.from}
          type="date"
        />
        <FilterText
          context={context}
          name="to"
          label={pageWords[language].actions.to}
          type="date"
        />
      </ListFilter>
      <Table context={context} list={list} />
      <Pagination language={language} {...pagesOf(context, list.next)} />
      <Downloads
        context={context}
        forms={[...feedsOf(context, feed), ...subscriptionOf(context, wantedOf(context, treaty))]}
      />
    </>
  );
}

/** What a list of notifications is narrowed to, as the form to subscribe names it. */
function wantedOf(context: PageContext, treaty: string | null): Record<string, string | null> {
  const asked = urlOf(context).searchParams;
  return {
    topics: 'notifications',
    treaties: treaty ?? (asked.get('treaty') || null),
    participants: asked.get('participant') || null,
  };
}

function Table({ context, list }: { context: PageContext; list: NotificationsBody }): VNode {
  const { language } = context;
  const link = linkerOf(context);
  const said = pageWords[language].notification;
  return (
    <DataTable
      language={language}
      caption={<strong>{said.caption}</strong>}
      columns={[
        {
          key: 'number',
          label: said.number,
          kind: 'heading',
          cell: ({ notification, correctedBy }) => (
            <>
              <a class="code" href={link(notificationPath(notification))}>
                {notification}
              </a>
              {correctedBy.length > 0 && (
                <span class="under">
                  {said.correctedBy} {correctedBy.join(', ')}
                </span>
              )}
            </>
          ),
        },
        {
          key: 'date',
          label: said.date,
          cell: (one) => <DateText date={one.dateOfNotification} language={language} />,
        },
        {
          key: 'subject',
          label: said.subject,
          cell: (one) => (
            <span>
              {one.subject[language]}
              <span class="under">
                <a href={link(treatyPath(one.treaty))}>{titleOf(one, language)}</a>
              </span>
            </span>
          ),
        },
      ]}
      rows={list.notifications}
    />
  );
}

const titleOf = (
  one: { readonly treaty: string; readonly title: string | null; readonly titleFr: string | null },
  language: Language,
): string => titleIn({ title: one.title ?? one.treaty, titleFr: one.titleFr }, language);

/** One notification as it was issued, in the language of the page; a banner where it was corrected since. */
export function notificationPage(body: () => object): PageMaker {
  return (context) => {
    const one = body() as NotificationBody;
    const { language } = context;
    const link = linkerOf(context);
    const said = pageWords[language];
    const named = (number: string): VNode => (
      <a class="code" href={link(notificationPath(number))}>
        {number}
      </a>
    );
    return (
      <RegisterPage
        context={context}
        title={one.notification}
        section="notifications"
        trail={[{ label: said.notification.title, href: link('/notifications') }]}
      >
        <p class="eyebrow code">{one.notification}</p>
        <h1>{one.subject[language]}</h1>
        {one.correctedBy.length > 0 && (
          <Notice tone="warn" title={said.notification.correctedBy}>
            <p>{one.correctedBy.map(named)}</p>
          </Notice>
        )}
        <Facts
          facts={[
            {
              name: said.notification.date,
              value: <DateText date={one.dateOfNotification} language={language} />,
            },
            {
              name: said.action.treaty,
              value: <a href={link(treatyPath(one.treaty))}>{titleOf(one, language)}</a>,
            },
            {
              name: said.notification.announces,
              value: one.announcesEntryIntoForce && (
                <DateText date={one.announcesEntryIntoForce} language={language} />
              ),
            },
            { name: said.notification.corrects, value: one.corrects && named(one.corrects) },
          ]}
        />
        {one.text[language].split(/\n\s*\n/).map((paragraph, index) => (
          <p key={index} class="statement">
            {paragraph}
          </p>
        ))}
        <Tells one={one} language={language} link={link} />
        <p class="quiet">{said.notification.informative}</p>
      </RegisterPage>
    );
  };
}

/** The acts that a notification tells of. */
function Tells(props: {
  readonly one: NotificationBody;
  readonly language: Language;
  readonly link: Link;
}): VNode | null {
  const { one, language, link } = props;
  const said = pageWords[language].notification;
  if (one.actions.length === 0) return null;
  return (
    <>
      <h2>{said.tells}</h2>
      <ul>
        {one.actions.map(({ action, kind, name, date, annulled = null }) => (
          <li key={action}>
            <a href={link(actionPath(action))}>
              {kind === undefined ? (
                <span class="code">{action}</span>
              ) : (
                <>
                  {name}: {kindName(kind, language)}, <DateText date={date} language={language} />
                </>
              )}
            </a>
            {annulled !== null && <span class="quiet"> ({said.gone})</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
