import type { ComponentChildren, VNode } from 'preact';

export interface Fact {
  readonly name: string;
  /** null: left out. */
  readonly value: ComponentChildren;
}

/** Names and values of one thing. A fact without a value is not shown: an empty line says nothing. */
export function Facts(props: { readonly facts: readonly Fact[] }): VNode {
  return (
    <dl class="facts">
      {props.facts
        .filter(({ value }) => value !== null && value !== undefined && value !== '')
        .map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
