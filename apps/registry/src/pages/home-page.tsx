import type { VNode } from 'preact';
import { DateText, InstantText, componentWords, type Language } from '#pages';
import type { CalendarDate } from '#treaty';
import type { ViewStates } from '#views';
import type { PageContext, PageMaker } from '../queries/answer.ts';
import { kindName } from './action-words.tsx';
import { RegisterPage } from './frame.tsx';
import { Downloads, calendarOf, feedsOf, subscriptionOf } from './downloads.tsx';
import { actionPath, linkerOf, treatyPath, urlOf, type Link } from './links.ts';
import { namesOn, titleIn, type NameOf } from './names.ts';
import { comingSoon, recordedLately, type ComingSoon, type Recent } from './recent.ts';
import { pageWords } from './words.ts';

interface About {
  readonly states: ViewStates;
  readonly language: Language;
  readonly link: Link;
  readonly nameOf: NameOf;
  readonly titleOf: (treaty: string) => string;
}

/** What the front page is made from: it changes with every event. */
export function homeRevision(
  { treaties, participants, actions }: ViewStates,
  today: CalendarDate,
): string {
  let last = '';
  for (const { history } of treaties.byId.values()) {
    const position = history.at(-1)?.position ?? '';
    if (position.length > last.length || (position.length === last.length && position > last))
      last = position;
  }
  return [last, participants.history.length, actions.byId.size, today].join(' ');
}

/** The front page: search, what was recorded lately, what comes into force soon. */
export function homePage(states: ViewStates, today: CalendarDate): PageMaker {
  return (context) => {
    const { language } = context;
    const said = pageWords[language].home;
    const link = linkerOf(context);
    const about: About = {
      states,
      language,
      link,
      nameOf: namesOn(states.participants.register, today, language),
      titleOf: (treaty) => {
        const registered = states.treaties.byId.get(treaty)?.record.registered;
        return registered == null ? treaty : titleIn(registered, language);
      },
    };
    const soon = comingSoon(states, today);
    return (
      <RegisterPage context={context} title={componentWords[language].register}>
        <h1>{said.title}</h1>
        <p class="lead">{said.lead}</p>
        <SearchBox context={context} words="" kind={null} />
        <p class="quiet figures">
          {said.counts(
            states.treaties.byId.size,
            Object.keys(states.participants.register.byCode).length,
            states.actions.byId.size,
          )}{' '}
          <a href={link('/treaties')}>{said.all}</a>
        </p>
        <div class="columns">
          <section aria-labelledby="recent">
            <h2 id="recent">{said.recent}</h2>
            <RecentActs {...about} />
            <p>
              <a href={link('/actions')}>{said.everyAct}</a>
            </p>
          </section>
          <section aria-labelledby="soon">
            <h2 id="soon">{said.soon}</h2>
            <Soon {...about} soon={soon} />
            {soon.closest.length > 0 && (
              <>
                <h3>{said.closest}</h3>
                <Closest {...about} soon={soon} />
              </>
            )}
          </section>
        </div>
        <Downloads
          context={context}
          forms={[
            ...feedsOf(context, '/actions'),
            calendarOf(context, '/calendar'),
            [said.dataset, '/dataset.jsonld'],
            ...subscriptionOf(context, {}),
          ]}
        />
      </RegisterPage>
    );
  };
}

/** The search box, as the front page and the search page have it. */
export function SearchBox(props: {
  readonly context: PageContext;
  readonly words: string;
  /** What alone is looked for. */
  readonly kind: string | null;
}): VNode {
  const { context, words, kind } = props;
  const said = pageWords[context.language].home;
  const lang = urlOf(context).searchParams.get('lang');
  return (
    <form method="get" action="/search" role="search">
      {lang !== null && <input type="hidden" name="lang" value={lang} />}
      {kind !== null && <input type="hidden" name="kind" value={kind} />}
      <div class="field">
        <label for="q">{said.search}</label>
        <div class="search">
          <input id="q" name="q" type="search" value={words} maxLength={200} />
          <button type="submit">{said.searchButton}</button>
        </div>
      </div>
    </form>
  );
}

function RecentActs({ states, language, link, nameOf, titleOf }: About): VNode {
  const said = pageWords[language].home;
  const recent = recordedLately(states, 12);
  if (recent.length === 0) return <p>{said.noneRecent}</p>;
  return (
    <ul class="plain">
      {ofOneTreaty(recent).map(({ treaty, acts }) => (
        <li key={acts[0]?.act.action}>
          <a href={link(treatyPath(treaty))}>{titleOf(treaty)}</a>
          <ul class="acts">
            {acts.map(({ act }) => (
              <li key={act.action}>
                <strong>{nameOf(act.participant)}</strong>{' '}
                <a href={link(actionPath(act.action))}>{kindName(act.kind, language)}</a>,{' '}
                <DateText date={act.date} language={language} />
              </li>
            ))}
          </ul>
          {acts[0] !== undefined && (
            <span class="small quiet">
              {pageWords[language].actions.recorded}{' '}
              <InstantText instant={acts[0].recordedAt} language={language} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Acts that follow each other under one treaty, together. */
function ofOneTreaty(
  recent: readonly Recent[],
): readonly { readonly treaty: string; readonly acts: Recent[] }[] {
  const groups: { treaty: string; acts: Recent[] }[] = [];
  for (const one of recent) {
    const last = groups.at(-1);
    if (last?.treaty === one.act.treaty) last.acts.push(one);
    else groups.push({ treaty: one.act.treaty, acts: [one] });
  }
  return groups;
}

function Soon({ soon, language, link, nameOf, titleOf }: About & { soon: ComingSoon }): VNode {
  const said = pageWords[language].home;
  if (soon.dated.length === 0) return <p>{said.noneSoon}</p>;
  return (
    <ul class="plain">
      {soon.dated.map(({ treaty, date, codes }) => (
        <li key={`${treaty} ${date}`}>
          <strong>
            <DateText date={date} language={language} />
          </strong>
          <br />
          <a href={link(treatyPath(treaty))}>{titleOf(treaty)}</a>
          <br />
          {codes.length === 0
            ? said.forTreaty
            : codes.length <= 4
              ? codes.map(nameOf).join(', ')
              : said.forParticipants(codes.length)}
        </li>
      ))}
    </ul>
  );
}

function Closest({ soon, language, link, titleOf }: About & { soon: ComingSoon }): VNode {
  const said = pageWords[language].force;
  return (
    <ul class="plain">
      {soon.closest.map(({ treaty, force: { counted, required } }) => (
        <li key={treaty}>
          <a href={link(treatyPath(treaty, 'entry-into-force'))}>{titleOf(treaty)}</a>
          <br />
          <meter min={0} max={required ?? 0} value={counted} aria-hidden="true" />{' '}
          {said.reached(String(counted), String(required ?? 0))}
        </li>
      ))}
    </ul>
  );
}
