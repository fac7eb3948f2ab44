import type { ComponentChildren, VNode } from 'preact';
import type { PageContext } from '../queries/answer.ts';
import { urlOf } from './links.ts';
import { pageWords } from './words.ts';

/** Parameters that a form carries along, because a form leaves out those of its address. */
const carried = ['lang', 'asOf', 'asKnownAt', 'sort', 'limit'] as const;

/** A form that narrows a list by its address; `names` are the parameters that its own fields ask for. */
export function ListFilter(props: {
  readonly context: PageContext;
  readonly names: readonly string[];
  readonly children: ComponentChildren;
}): VNode {
  const { context, names, children } = props;
  const { pathname, searchParams } = urlOf(context);
  const kept = carried.flatMap((name) => {
    const value = names.includes(name) ? null : searchParams.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return (
    <form method="get" action={pathname} class="filters" role="search">
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <button type="submit" class="second">
        {pageWords[context.language].status.apply}
      </button>
    </form>
  );
}

/** A field of such a form in which one writes. */
export function FilterText(props: {
  readonly context: PageContext;
  readonly name: string;
  readonly label: string;
  readonly type?: 'search' | 'date';
}): VNode {
  const { context, name, label, type = 'search' } = props;
  const value = urlOf(context).searchParams.get(name) ?? '';
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {type === 'date' ? (
        <input id={name} name={name} type="date" value={value} />
      ) : (
        <input id={name} name={name} type="search" value={value} maxLength={60} />
      )}
    </div>
  );
}

/** Addresses of the first and of the next page of a list. */
export function pagesOf(
  context: PageContext,
  next: string | null,
): { readonly first: string | null; readonly next: string | null } {
  const at = (cursor: string | null): string => {
    const url = urlOf(context);
    url.searchParams.delete('cursor');
    if (cursor !== null) url.searchParams.set('cursor', cursor);
    return url.pathname + url.search;
  };
  return {
    first: urlOf(context).searchParams.has('cursor') ? at(null) : null,
    next: next === null ? null : at(next),
  };
}

/** The same list in another order, from its beginning. */
export function inOrder(context: PageContext, sort: string): string {
  const url = urlOf(context);
  url.searchParams.delete('cursor');
  url.searchParams.set('sort', sort);
  return url.pathname + url.search;
}
