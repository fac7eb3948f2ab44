import type { VNode } from 'preact';
import { dateInWords, dateWithWeekday, inLanguage, instantInWords, SelectField } from '#pages';
import type { CirculatedText } from '#treaty';
import type { CaseFile } from '../cases/case-file.ts';
import { signInWords } from '../staff/sign-in/sign-in.words.ts';
import type { Task, WorkItem } from '../worklist/worklist.ts';
import { caseInWords } from './case-words.tsx';
import { at, type DeskContext } from './desk-context.ts';
import { DeskFrame } from './frame.tsx';
import { clockInWords } from './preview.tsx';

export interface Work {
  readonly items: readonly WorkItem[];
  /** Cases of the items, by id. */
  readonly cases: ReadonlyMap<string, CaseFile>;
  /** Subjects of the drafts of the items, by id. */
  readonly drafts: ReadonlyMap<string, CirculatedText>;
  readonly days: number;
}

/** Tasks that the officer who looks has to do something about. */
const mine: readonly Task[] = ['approve', 'issue-notification', 'mend-sent-back', 'finish-draft'];

/** The first letter large, as a sentence begins. */
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What the officer must do today: first what is theirs, then dates, then what others have. */
export function WorklistPage(props: { readonly context: DeskContext; readonly work: Work }): VNode {
  const { context, work } = props;
  const { said, language, today, officer } = context;
  const { todo } = said;
  const own = work.items.filter(({ task }) => mine.includes(task));
  const dates = work.items.filter(({ task }) => task === 'clock');
  const others = work.items.filter(({ task }) => task !== 'clock' && !mine.includes(task));
  return (
    <DeskFrame context={context} section="to-do" title={todo.title}>
      <h1>{todo.title}</h1>
      <p class="lead">{todo.lead(capital(dateWithWeekday(today, language)))}</p>
      <Group context={context} work={work} title={todo.groups.mine} items={own} always />
      <Group context={context} work={work} title={todo.groups.dates} items={dates} always />
      <form method="get" action="/depositary" class="filters">
        <input type="hidden" name="lang" value={language} />
        <SelectField
          name="days"
          label={todo.days}
          value={String(work.days)}
          choices={[...new Set([0, 7, 30, 90, 365, work.days])]
            .toSorted((a, b) => a - b)
            .map((days) => ({ value: String(days), label: String(days) }))}
        />
        <button type="submit" class="second">
          {todo.show}
        </button>
      </form>
      <Group context={context} work={work} title={todo.groups.waiting} items={others} />
      <details>
        <summary>{said.frame.roles}</summary>
        <ul>
          {officer.roles.map((role) => (
            <li key={role}>{signInWords[language].roleNames[role]}</li>
          ))}
        </ul>
      </details>
    </DeskFrame>
  );
}

function Group(props: {
  readonly context: DeskContext;
  readonly work: Work;
  readonly title: string;
  readonly items: readonly WorkItem[];
  /** Shown although nothing is in it. */
  readonly always?: boolean;
}): VNode | null {
  const { context, work, title, items, always = false } = props;
  if (items.length === 0 && !always) return null;
  return (
    <section>
      <h2>
        {title} ({items.length})
      </h2>
      {items.length === 0 ? (
        <p class="quiet">{context.said.todo.nothing}</p>
      ) : (
        <ul class="work">
          {alike(items).map((group, index) =>
            group.length > 3 ? (
              <Alike context={context} work={work} items={group} key={index} />
            ) : (
              group.map((item) => (
                <Item
                  context={context}
                  work={work}
                  item={item}
                  key={`${item.case}${item.draft}${item.clock?.kind}${item.participant}`}
                />
              ))
            ),
          )}
        </ul>
      )}
    </section>
  );
}

/** Dates of one kind on one day under one treaty together: forty new parties are one thing to watch. */
function alike(items: readonly WorkItem[]): WorkItem[][] {
  const groups = Map.groupBy(items, (item, index) => {
    const { clock, treaty, due } = item;
    return clock === null ? String(index) : `${clock.kind} ${treaty} ${due}`;
  });
  return [...groups.values()];
}

function Alike(props: {
  readonly context: DeskContext;
  readonly work: Work;
  readonly items: readonly WorkItem[];
}): VNode | null {
  const { context, work, items } = props;
  const [first] = items;
  if (first?.clock == null) return null;
  const { clocks, todo } = context.said;
  return (
    <li>
      <span>{todo.tasks.clock}</span>
      <details>
        <summary>
          {clocks[first.clock.kind]} ({items.length}) <span class="code quiet">{first.treaty}</span>
        </summary>
        <ul class="work">
          {items.map((item) => (
            <Item context={context} work={work} item={item} key={item.participant} />
          ))}
        </ul>
      </details>
      <span class="due small">{dueOf(context, first)}</span>
    </li>
  );
}

function Item(props: {
  readonly context: DeskContext;
  readonly work: Work;
  readonly item: WorkItem;
}): VNode {
  const { context, work, item } = props;
  const { todo } = context.said;
  const { task, treaty, clock, draft, case: id } = item;
  const file = id === null ? undefined : work.cases.get(id);
  const href =
    draft !== null
      ? at(context, `/notifications/${draft}`)
      : id !== null
        ? at(
            context,
            `/cases/${id}${task === 'finish-draft' || task === 'mend-sent-back' ? '' : '/check'}`,
          )
        : inLanguage(`/treaties/${encodeURIComponent(treaty)}`, context.language);
  const what =
    clock !== null
      ? clockInWords(context, clock)
      : draft !== null
        ? (work.drafts.get(draft)?.[context.language] ?? draft)
        : file === undefined
          ? (id ?? '')
          : caseInWords(context, file);
  return (
    <li>
      <span>{todo.tasks[task]}</span>
      <span>
        <a href={href}>{what}</a> <span class="code quiet">{treaty}</span>
      </span>
      <span class="due small">{dueOf(context, item)}</span>
    </li>
  );
}

function dueOf(context: DeskContext, { due, since, clock }: WorkItem): string {
  const { language, today, said } = context;
  if (clock !== null && due === null) return said.todo.noDate;
  if (due !== null && due.length > 10) return instantInWords(due, language);
  if (due !== null) {
    const days = Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000);
    const soon = days === 0 ? said.todo.today : said.todo.inDays(days);
    return `${dateInWords(due, language)}, ${soon}`;
  }
  return since === null ? '' : `${said.todo.since} ${dateInWords(since.slice(0, 10), language)}`;
}
