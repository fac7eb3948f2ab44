import type { ComponentChildren, VNode } from 'preact';
import { HintAndError, type Choice, type FieldProps } from '#pages';
import { idOfLine } from './subscribe-form.ts';

const describedBy = (ids: readonly (string | false)[]): object => {
  const named = ids.filter((id) => id !== false);
  return named.length === 0 ? {} : { 'aria-describedby': named.join(' ') };
};

/** Boxes of which any number may be ticked; the first has the name of the field as its id. */
export function Boxes(
  props: FieldProps & {
    readonly choices: readonly Choice[];
    readonly ticked: readonly string[];
    /** Where several groups send one name: the id of the first box of this one. */
    readonly firstId?: string;
  },
): VNode {
  const { name, label, hint, error, choices, ticked, firstId = name } = props;
  return (
    <fieldset
      class={error === undefined ? 'field' : 'field wrong'}
      {...describedBy([
        hint !== undefined && `${name}-hint`,
        error !== undefined && `${name}-error`,
      ])}
    >
      <legend>{label}</legend>
      <HintAndError {...props} />
      <div class="boxes">
        {choices.map(({ value, label: text }, index) => {
          const id = index === 0 ? firstId : `${name}-${value}`;
          return (
            <div key={value}>
              <input
                type="checkbox"
                id={id}
                name={name}
                value={value}
                checked={ticked.includes(value)}
              />
              <label for={id}>{text}</label>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

/**
 * A list that is typed line by line, each with suggestions. One more line is asked for by a button that sends the
 * form to be shown again; where scripts run, it comes at once.
 */
export function Lines(props: {
  readonly name: 'treaties' | 'participants';
  readonly legend: string;
  readonly hint: string;
  readonly labelOf: (n: number) => string;
  readonly another: string;
  readonly values: readonly string[];
  /** Whether one more line was asked for. */
  readonly more: boolean;
  /** Id of the suggestions on the page. */
  readonly list: string;
  /** What scripts ask the register's search for, where the suggestions are not on the page. */
  readonly asks: string | null;
  /** What a line was taken for; null where nothing has to be said. */
  readonly recognised: (value: string) => string | null;
  readonly errorOf: (id: string) => string | undefined;
  /** The address to which the form is sent. */
  readonly action: string;
}): VNode {
  const { name, legend, hint, another, values, more, action } = props;
  const shown = more ? [...values, ''] : values;
  const least = more ? 2 : 1;
  const lines = [...shown, ...Array<string>(Math.max(0, least - shown.length)).fill('')];
  const last = lines.length - 1;
  return (
    <fieldset class="field" aria-describedby={`${name}-hint`}>
      <legend>{legend}</legend>
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
      <div data-lines={name}>
        {lines.map((value, index) => (
          <LineField
            key={index}
            {...props}
            index={index}
            value={value}
            focus={more && index === last}
          />
        ))}
      </div>
      <button
        type="submit"
        class="second small"
        name="more"
        value={name}
        formAction={`${action}#${idOfLine(name, last + 1)}`}
        data-adds-line={name}
      >
        {another}
      </button>
    </fieldset>
  );
}

function LineField(
  props: Pick<
    Parameters<typeof Lines>[0],
    'name' | 'labelOf' | 'list' | 'asks' | 'recognised' | 'errorOf'
  > & { readonly index: number; readonly value: string; readonly focus: boolean },
): VNode {
  const { name, labelOf, list, asks, recognised, errorOf, index, value, focus } = props;
  const id = idOfLine(name, index);
  const error = errorOf(id);
  return (
    <div class={error === undefined ? 'line' : 'line wrong'}>
      <label class="hidden" for={id}>
        {labelOf(index + 1)}
      </label>
      {error !== undefined && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <input
        type="text"
        class="wide"
        id={id}
        name={name}
        value={value}
        list={list}
        maxLength={400}
        autoComplete="off"
        spellcheck={false}
        {...(asks !== null && { 'data-suggests': asks })}
        {...describedBy([error !== undefined && `${id}-error`, `${id}-recognised`])}
        {...(error !== undefined && { 'aria-invalid': 'true' as const })}
        {...(focus && { autoFocus: true })}
      />
      <output class="recognised" id={`${id}-recognised`} for={id}>
        {error === undefined ? recognised(value) : null}
      </output>
    </div>
  );
}

/** A part of a form, under a heading of its own. */
export function Part(props: {
  readonly legend: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <fieldset class="part">
      <legend>{props.legend}</legend>
      {props.children}
    </fieldset>
  );
}
