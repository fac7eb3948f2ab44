import type { ComponentChildren, VNode } from 'preact';
import {
  Breadcrumbs,
  Layout,
  Notice,
  PublicFoot,
  dateInWords,
  publicNavigation,
  type PageLink,
  type PublicSection,
} from '#pages';
import type { CalendarDate } from '#treaty';
import type { PageContext } from '../queries/answer.ts';
import { linkerOf, urlOf } from './links.ts';
import { knownInWords } from './known-in-words.ts';
import { MomentForm } from './moment-forms.tsx';
import { pageWords } from './words.ts';

/** The moment that a page speaks of. */
export interface Moment {
  readonly asOf: CalendarDate;
  readonly asKnownAt: string | null;
  /** Last position of the ledger that the page was made from; null where it is made from many. */
  readonly position: string | null;
}

export interface RegisterPageProps {
  readonly context: PageContext;
  readonly title: string;
  readonly section?: PublicSection;
  readonly trail?: readonly PageLink[];
  /** Left out on pages that do not depend on a moment. */
  readonly moment?: Moment;
  /** Address at which two moments of this can be compared. */
  readonly compare?: string;
  readonly head?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of the public pages: sections, the way here, the moment that is read, what the register is. */
export function RegisterPage(props: RegisterPageProps): VNode {
  const { context, title, section, trail, moment } = props;
  const { language, address, takesSubscriptions } = context;
  const said = pageWords[language];
  const link = linkerOf(context);
  return (
    <Layout
      language={language}
      title={title}
      address={address}
      navigation={publicNavigation({ language, link, current: section, takesSubscriptions })}
      head={props.head}
      modules={['enhance.js']}
      footer={<PublicFoot language={language} />}
    >
      {trail !== undefined && (
        <Breadcrumbs
          language={language}
          trail={[{ label: said.start, href: link('/') }, ...trail]}
        />
      )}
      {moment !== undefined && <Folio {...props} moment={moment} />}
      {props.children}
    </Layout>
  );
}

/** The moment that is read, with a form to read another; a banner where it is not today and now. */
function Folio(props: RegisterPageProps & { readonly moment: Moment }): VNode {
  const { context, moment, compare } = props;
  const { language } = context;
  const { asOf, asKnownAt, position } = moment;
  const said = pageWords[language].time;
  const url = urlOf(context);
  const elsewhen = url.searchParams.has('asOf') || url.searchParams.has('asKnownAt');
  const known = asKnownAt === null ? null : knownInWords(asKnownAt, language);
  const now = new URL(url);
  for (const name of ['asOf', 'asKnownAt']) now.searchParams.delete(name);
  return (
    <>
      <details class="folio">
        <summary>
          <span>
            {said.asAt} <strong>{dateInWords(asOf, language)}</strong>
          </span>
          <span>
            {said.known} {known ?? said.knownNow}
          </span>
          {position !== null && (
            <span>
              {said.position} <span class="position">{position}</span>
            </span>
          )}
          <span class="change">{said.change}</span>
        </summary>
        <div class="inside">
          <MomentForm
            language={language}
            page={url.pathname + url.search}
            asOf={asOf}
            asKnownAt={asKnownAt}
          />
          {compare !== undefined && (
            <p>
              <a href={compare}>{said.compare}</a>
            </p>
          )}
        </div>
      </details>
      {elsewhen && (
        <Notice tone="warn" title={said.bannerTitle}>
          <p>
            {said.banner(dateInWords(asOf, language), known)}{' '}
            <a class="not-in-print" href={now.pathname + now.search}>
              {said.today}
            </a>
          </p>
        </Notice>
      )}
    </>
  );
}
