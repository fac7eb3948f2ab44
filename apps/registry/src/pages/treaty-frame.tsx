import type { ComponentChildren, VNode } from 'preact';
import { Tabs, type PageLink } from '#pages';
import { treatyKnown, type KnownTreaty, type TimesAsked, type ViewStates } from '#views';
import type { PageContext } from '../queries/answer.ts';
import { RegisterPage } from './frame.tsx';
import { linkerOf, treatyPath, type Link } from './links.ts';
import { namesOn, titleIn, type NameOf } from './names.ts';
import { pageWords } from './words.ts';

/** What every page about a treaty begins with. */
export interface TreatyAbout {
  readonly treaty: string;
  readonly title: string;
  readonly known: KnownTreaty;
  readonly times: TimesAsked;
  readonly context: PageContext;
  readonly link: Link;
  readonly nameOf: NameOf;
}

/**
 * A treaty and the words to speak of it.
 * @throws Error where the treaty is not known then: the answer that the page belongs to was null already
 */
export function treatyAbout(
  states: ViewStates,
  treaty: string,
  times: TimesAsked,
  context: PageContext,
): TreatyAbout {
  const known = treatyKnown(states, treaty, times);
  if (known === null) throw new Error(`There is no page of ${treaty} without an answer about it.`);
  const { language } = context;
  const { title = treaty, titleFr = null } = known.record.registered ?? {};
  return {
    treaty,
    title: titleIn({ title, titleFr }, language),
    known,
    times,
    context,
    link: linkerOf(context),
    nameOf: namesOn(known.participants, times.asOf, language),
  };
}

const parts = [
  'overview',
  'status',
  'entry-into-force',
  'actions',
  'notifications',
  'changes',
] as const;
type Part = (typeof parts)[number];

/** The frame of every page about a treaty: its number, its title, the moment, and its parts as tabs. */
export function TreatyPageFrame(props: {
  readonly about: TreatyAbout;
  /** null: a page below the parts. */
  readonly part: Part | null;
  readonly heading?: string;
  readonly trail?: readonly PageLink[];
  readonly head?: ComponentChildren;
  readonly children: ComponentChildren;
}): VNode {
  const { about, part, heading, trail = [] } = props;
  const { treaty, title, known, times, context, link } = about;
  const said = pageWords[context.language];
  const whole = part === 'overview';
  const name = heading ?? (whole || part === null ? title : partName(part, context));
  return (
    <RegisterPage
      context={context}
      title={name === title ? title : `${name}: ${title}`}
      section="treaties"
      trail={[
        { label: said.sections.treaties, href: link('/treaties') },
        ...(whole ? [] : [{ label: title, href: link(treatyPath(treaty)) }]),
        ...trail,
      ]}
      moment={{ ...times, position: known.position }}
      compare={partHref('changes', about)}
      head={props.head}
    >
      <p class="eyebrow">
        <span class="code">{treaty}</span>
        {!whole && ` · ${title}`}
      </p>
      <h1 {...(name.length > 70 && { class: 'long' })}>{name}</h1>
      <Tabs
        label={said.treaty.parts}
        tabs={parts.map((one) => ({
          label: partName(one, context),
          href: partHref(one, about),
          current: one === part,
        }))}
      />
      {props.children}
    </RegisterPage>
  );
}

function partName(part: Part, { language }: PageContext): string {
  const { treaty, sections } = pageWords[language];
  if (part === 'entry-into-force') return treaty.entryIntoForce;
  return part === 'notifications' ? sections.notifications : treaty[part];
}

/** The page of changes has dates of its own in its address. */
function partHref(part: Part, { treaty, link, times }: TreatyAbout): string {
  if (part === 'overview') return link(treatyPath(treaty));
  if (part !== 'changes') return link(treatyPath(treaty, part));
  const moments = { asOf: null, asKnownAt: null, from: yearBefore(times.asOf) };
  return link(treatyPath(treaty, part), moments);
}

/** The same day a year before, or the last of February for the 29th. */
function yearBefore(date: string): string {
  const earlier = `${String(Number(date.slice(0, 4)) - 1)}${date.slice(4)}`;
  return earlier.endsWith('-02-29') ? earlier.replace('-29', '-28') : earlier;
}
