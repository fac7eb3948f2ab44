import type { ComponentChildren, VNode } from 'preact';
import { HintAndError, type Choice, type FieldProps } from './forms.tsx';

/** Ids of what describes a control. */
const describedBy = ({ name, hint, error }: FieldProps, more: readonly string[] = []): object => {
  const ids = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(error === undefined ? [] : [`${name}-error`]),
    ...more,
  ];
  return ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') };
};

const invalid = ({ error }: FieldProps): object =>
  error === undefined ? {} : { 'aria-invalid': 'true' as const };

/** A few choices in sight, of which one is taken. An error summary links to the first. */
export function Radios(
  props: FieldProps & {
    readonly value?: string | undefined;
    readonly choices: readonly Choice[];
    /** Beside the choices, in the same group: a remark on the one taken. */
    readonly children?: ComponentChildren;
  },
): VNode {
  const { name, label, value, choices, error, children } = props;
  return (
    <fieldset class={error === undefined ? 'field' : 'field wrong'} {...describedBy(props)}>
      <legend>{label}</legend>
      <HintAndError {...props} />
      <div class="radio-line">
        <div class="radios">
          {choices.map((choice, index) => {
            const id = index === 0 ? name : `${name}-${choice.value}`;
            return (
              <span key={choice.value}>
                <input
                  type="radio"
                  id={id}
                  name={name}
                  value={choice.value}
                  checked={choice.value === value}
                />
                <label for={id}>{choice.label}</label>
              </span>
            );
          })}
        </div>
        {children !== undefined && <div class="remark">{children}</div>}
      </div>
    </fieldset>
  );
}

export interface ChoiceGroup {
  readonly label: string;
  readonly choices: readonly Choice[];
}

/** One of a long list of choices, in groups. */
export function GroupedSelect(
  props: FieldProps & {
    readonly value?: string | undefined;
    /** The choice of nothing, which stands first. */
    readonly none: string;
    readonly groups: readonly ChoiceGroup[];
  },
): VNode {
  const { name, label, value, none, groups, error } = props;
  return (
    <div class={error === undefined ? 'field' : 'field wrong'}>
      <label for={name}>{label}</label>
      <HintAndError {...props} />
      <select id={name} name={name} {...describedBy(props)} {...invalid(props)}>
        <option value="">{none}</option>
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.choices.map((choice) => (
              <option key={choice.value} value={choice.value} selected={choice.value === value}>
                {choice.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

/**
 * A line of text with suggestions from a list of the page; any other text may be typed too. What it was
 * recognised as stands below: from the server, and while one types where scripts run.
 */
export function SuggestedField(
  props: FieldProps & {
    readonly value: string;
    /** Id of the `Suggestions` on the page. */
    readonly list: string;
    readonly recognised: string | null;
    /** What a module asks the server about: `participant` or `treaty`. */
    readonly asks: string;
  },
): VNode {
  const { name, label, value, list, recognised, asks, error } = props;
  return (
    <div class={error === undefined ? 'field' : 'field wrong'}>
      <label for={name}>{label}</label>
      <HintAndError {...props} />
      <input
        type="text"
        id={name}
        name={name}
        value={value}
        list={list}
        autoComplete="off"
        spellcheck={false}
        class="wide"
        data-asks={asks}
        maxLength={200}
        {...describedBy(props, [`${name}-recognised`])}
        {...invalid(props)}
      />
      <output class="recognised" id={`${name}-recognised`} for={name}>
        {recognised}
      </output>
    </div>
  );
}

/** A list of what may be typed into a field that names it; once on a page. A value may stand without a label. */
export function Suggestions(props: {
  readonly id: string;
  readonly choices: readonly Choice[];
}): VNode {
  return (
    <datalist id={props.id}>
      {props.choices.map(({ value, label }) => (
        <option key={value} value={value} {...(label !== '' && { label })} />
      ))}
    </datalist>
  );
}

/** A file to send. Its form needs `enctype="multipart/form-data"`, and this after its other fields. */
export function FileField(props: FieldProps & { readonly accept: string }): VNode {
  const { name, label, accept, error } = props;
  return (
    <div class={error === undefined ? 'field' : 'field wrong'}>
      <label for={name}>{label}</label>
      <HintAndError {...props} />
      <input
        type="file"
        id={name}
        name={name}
        accept={accept}
        {...describedBy(props)}
        {...invalid(props)}
      />
    </div>
  );
}
