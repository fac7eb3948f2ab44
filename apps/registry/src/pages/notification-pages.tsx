import type { VNode } from 'preact';
import { DataTable, DateText, Facts, Notice, Pagination, type Language } from '#pages';
import type { PageContext, PageMaker } from '../queries/answer.ts';
import { kindName } from './action-words.tsx';
import type { NotificationBody, NotificationsBody } from './bodies.ts';
import { RegisterPage } from './frame.tsx';
import { actionPath, linkerOf, notificationPath, treatyPath, urlOf } from './links.ts';
import { pagesOf } from './list-pages.tsx';
import { titleIn } from './names.ts';
import { pageWords } from './words.ts';

/** Depositary notifications, the latest first. `body` is the answer that a program gets. */
export function notificationsPage(body: () => object): PageMaker {
  return (context) => {
    const { notifications, next } = body() as NotificationsBody;
    const { language } = context;
    const link = linkerOf(context);
    const said = pageWords[language].notification;
    return (
      <RegisterPage context={context} title={said.title} section="notifications" trail={[]}>
        <h1>{said.title}</h1>
        <p>{said.informative}</p>
        <Filter context={context} />
        <DataTable
          language={language}
          caption={said.caption}
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
          rows={notifications}
        />
        <Pagination language={language} {...pagesOf(context, next)} />
      </RegisterPage>
    );
  };
}

const titleOf = (
  one: { readonly treaty: string; readonly title: string | null; readonly titleFr: string | null },
  language: Language,
): string => titleIn({ title: one.title ?? one.treaty, titleFr: one.titleFr }, language);

function Filter({ context }: { readonly context: PageContext }): VNode {
  const said = pageWords[context.language].notification;
  const { pathname, searchParams } = urlOf(context);
  const lang = searchParams.get('lang');
  return (
    <form method="get" action={pathname} class="filters" role="search">
      {lang !== null && <input type="hidden" name="lang" value={lang} />}
      <div class="field">
        <label for="q">{said.words}</label>
        <input id="q" name="q" type="search" value={searchParams.get('q') ?? ''} maxLength={200} />
      </div>
      <button type="submit" class="second">
        {said.apply}
      </button>
    </form>
  );
}

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
        {one.actions.length > 0 && (
          <>
            <h2>{said.notification.tells}</h2>
            <ul>
              {one.actions.map(({ action, kind, name, date }) => (
                <li key={action}>
                  <a href={link(actionPath(action))}>
                    {name}: {kindName(kind, language)}, <DateText date={date} language={language} />
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
        <p class="quiet">{said.notification.informative}</p>
      </RegisterPage>
    );
  };
}
