import type { VNode } from 'preact';
import { actionKinds, actionKindsInFrench, type ActionKind } from '#treaty';
import type { Language } from '#pages';

const wordsIn = (language: Language) => (language === 'fr' ? actionKindsInFrench : actionKinds);

/** Name of a kind of action. */
export const kindName = (kind: ActionKind, language: Language): string =>
  wordsIn(language)[kind].label;

/** MTDSG's letter beside a date; nothing where a kind has none. */
export const kindLetter = (kind: ActionKind): string => actionKinds[kind].code;

/** What each of some kinds means and does not, opened where the reader wants it. */
export function Definitions(props: {
  readonly kinds: readonly ActionKind[];
  readonly language: Language;
}): VNode {
  const { kinds, language } = props;
  return (
    <dl class="facts">
      {kinds.map((kind) => {
        const { label, means, doesNotMean } = wordsIn(language)[kind];
        const letter = kindLetter(kind);
        return (
          <div key={kind} id={`kind-${kind}`}>
            <dt>
              {label}
              {letter !== '' && <span class="quiet"> ({letter})</span>}
            </dt>
            <dd>
              {means} <br />
              <span class="quiet">{doesNotMean}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
