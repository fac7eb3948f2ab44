import type { VNode } from 'preact';
import { Radios, type FormFault } from '#pages';
import type { CaseFile } from '../cases/case-file.ts';
import { formItemsOf } from '../cases/due-form.ts';
import { articleIn } from './case-faults.ts';
import type { DeskContext } from './desk-context.ts';

/** The error of a control, where there is one. */
export const errorOf = (faults: readonly FormFault[], id: string): { error?: string } => {
  const found = faults.find(({ field }) => field === id);
  return found === undefined ? {} : { error: found.sentence };
};

const plain = ['yes', 'no', 'not-applicable'];

/** The checklist for due and proper form of a case, with a remark beside each answer. */
export function DueFormFields(props: {
  readonly context: DeskContext;
  readonly file: Pick<CaseFile, 'kind' | 'content'>;
  readonly faults: readonly FormFault[];
}): VNode | null {
  const { context, file, faults } = props;
  const { said, language } = context;
  const items = formItemsOf(file.kind, file.content);
  if (items.length === 0) return null;
  return (
    <fieldset class="part">
      <legend>{said.form.formOf}</legend>
      <p class="quiet">{said.form.formHint}</p>
      {items.map((item) => {
        const name = `form-${item.id}`;
        const given = file.content.form?.[item.id];
        return (
          <Radios
            key={item.id}
            name={name}
            label={item[language]}
            hint={articleIn(context, item.article)}
            value={given?.answer}
            choices={(item.choices ?? plain).map((value) => ({
              value,
              label: said.form.answers[value] ?? value,
            }))}
            {...errorOf(faults, name)}
          >
            <label class="small" for={`${name}-remark`}>
              {said.form.remark}
            </label>
            <input
              type="text"
              id={`${name}-remark`}
              name={`${name}-remark`}
              value={given?.remark ?? ''}
              maxLength={2000}
              class="wide"
            />
          </Radios>
        );
      })}
    </fieldset>
  );
}

/** The bar at the foot of a form that saves it; the first button is the one that Enter presses. */
export function SaveBar(props: {
  readonly context: DeskContext;
  readonly documents?: boolean;
  readonly check?: boolean;
}): VNode {
  const { context, documents = true, check = true } = props;
  const { form } = context.said;
  return (
    <div class="save-bar buttons">
      {check && (
        <button type="submit" name="pressed" value="check" accessKey="c">
          {form.check}
        </button>
      )}
      {documents && (
        <button type="submit" name="pressed" value="documents" class="second">
          {form.documents}
        </button>
      )}
      <button type="submit" name="pressed" value="save" class="second" accessKey="s">
        {form.save}
      </button>
      <span class="saved" role="status" data-save-status />
    </div>
  );
}

/** Enter in a line of text presses the first button of a form: this one, which only saves. */
export function SavesOnEnter({ context }: { readonly context: DeskContext }): VNode {
  return (
    <button
      type="submit"
      name="pressed"
      value="save"
      class="hidden"
      tabIndex={-1}
      aria-hidden="true"
    >
      {context.said.form.save}
    </button>
  );
}
