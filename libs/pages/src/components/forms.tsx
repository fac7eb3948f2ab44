import type { ComponentChildren, VNode } from 'preact';
import type { Language } from '../language.ts';
import { componentWords } from '../words.ts';

/** One fault of a form: the id of the control it is about, and one sentence. */
export interface FormFault {
  readonly field: string;
  readonly sentence: string;
}

export interface FieldProps {
  /** Id of the control and name under which it is sent. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean;
}

/** Ids of what describes a control, in the order in which it is read out. */
function described({ name, hint, error }: FieldProps): { 'aria-describedby'?: string } {
  const ids = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(error === undefined ? [] : [`${name}-error`]),
  ];
  return ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') };
}

const attributesOf = (props: FieldProps): object => ({
  id: props.name,
  name: props.name,
  ...described(props),
  ...(props.error !== undefined && { 'aria-invalid': 'true' as const }),
  ...(props.required === true && { required: true }),
});

/** Hint and error of a field, where `aria-describedby` finds them. */
export function HintAndError({ name, hint, error }: FieldProps): VNode {
  return (
    <>
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p class="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </>
  );
}

function Field(props: FieldProps & { readonly children: ComponentChildren }): VNode {
  return (
    <div class={props.error === undefined ? 'field' : 'field wrong'}>
      <label for={props.name}>{props.label}</label>
      <HintAndError {...props} />
      {props.children}
    </div>
  );
}

type TextKind = 'text' | 'search' | 'email' | 'url' | 'password';

/** One line of text. */
export function TextField(
  props: FieldProps & {
    readonly value?: string | undefined;
    readonly type?: TextKind;
    readonly autocomplete?: string;
    readonly size?: number;
    readonly inputMode?: 'numeric' | 'text';
    /** Id of the `Suggestions` on the page. */
    readonly list?: string;
    /** Of what is typed, where it is not the page's. */
    readonly lang?: Language;
    /** `data-` attributes for a module that enhances the field. */
    readonly data?: Readonly<Record<`data-${string}`, string>>;
  },
): VNode {
  const { value, type = 'text', autocomplete, size, inputMode, list, lang, data } = props;
  return (
    <Field {...props}>
      <input
        {...({ type } as { type: 'text' })}
        value={value ?? ''}
        class={size === undefined ? 'wide' : undefined}
        {...(size !== undefined && { size })}
        {...(autocomplete !== undefined && { autoComplete: autocomplete })}
        {...(inputMode !== undefined && { inputMode })}
        {...(list !== undefined && { list })}
        {...(lang !== undefined && { lang })}
        {...data}
        {...attributesOf(props)}
      />
    </Field>
  );
}

/** Several lines of text. */
export function TextArea(
  props: FieldProps & {
    readonly value?: string | undefined;
    readonly rows?: number;
    readonly lang?: Language;
  },
): VNode {
  const { value, rows = 6, lang } = props;
  return (
    <Field {...props}>
      <textarea rows={rows} {...(lang !== undefined && { lang })} {...attributesOf(props)}>
        {value ?? ''}
      </textarea>
    </Field>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One of a list of choices. */
export function SelectField(
  props: FieldProps & {
    readonly value?: string | undefined;
    readonly choices: readonly Choice[];
    readonly data?: Readonly<Record<`data-${string}`, string>>;
  },
): VNode {
  return (
    <Field {...props}>
      <select {...attributesOf(props)} {...props.data}>
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value} selected={value === (props.value ?? '')}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Yes or no. */
export function Checkbox(props: FieldProps & { readonly checked?: boolean }): VNode {
  return (
    <div class={props.error === undefined ? 'field' : 'field wrong'}>
      <HintAndError {...props} />
      <input
        type="checkbox"
        value="yes"
        checked={props.checked === true}
        {...attributesOf(props)}
      />{' '}
      <label class="inline" for={props.name}>
        {props.label}
      </label>
    </div>
  );
}

/** A button that sends its form; `name` and `value` tell which of several was pressed. */
export function Button(props: {
  readonly children: ComponentChildren;
  readonly look?: 'first' | 'second' | 'danger';
  readonly name?: string;
  readonly value?: string;
  /** The key that presses it together with the browser's own. */
  readonly accessKey?: string;
}): VNode {
  const { children, look = 'first', name, value, accessKey } = props;
  return (
    <button
      type="submit"
      class={look === 'first' ? undefined : look}
      {...(name !== undefined && { name })}
      {...(value !== undefined && { value })}
      {...(accessKey !== undefined && { accessKey })}
    >
      {children}
    </button>
  );
}

/** What is wrong with a form, each fault a link to its field. Put it first on the page; empty without faults. */
export function ErrorSummary(props: {
  readonly language: Language;
  readonly faults: readonly FormFault[];
}): VNode | null {
  const { faults, language } = props;
  if (faults.length === 0) return null;
  return (
    <div class="summary-of-errors" role="alert" tabIndex={-1} aria-labelledby="error-summary">
      <h2 id="error-summary">{componentWords[language].errorSummary}</h2>
      <ul>
        {faults.map(({ field, sentence }) => (
          <li key={field}>
            <a href={`#${field}`}>{sentence}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
