import type { VNode } from 'preact';
import { actionKinds, type ActionKind } from '#treaty';
import type { Language } from '#pages';
import { actionWordsFr, type KindWords } from './action-words.fr.ts';
import { pageWords } from './words.ts';

/** Name of a kind of action, what it means, and what it does not mean, in the language of the page. */
export function wordsOfKind(kind: ActionKind, language: Language): KindWords {
  if (language === 'fr') return actionWordsFr[kind];
  const { label, means, doesNotMean } = actionKinds[kind];
  return [label, means, doesNotMean];
}

/** Name of a kind of action. */
export const kindName = (kind: ActionKind, language: Language): string =>
  wordsOfKind(kind, language)[0];

/** MTDSG's letter beside a date; nothing where a kind has none. */
export const kindLetter = (kind: ActionKind): string => actionKinds[kind].code;

/** What each of some kinds means and does not, opened where the reader wants it. */
export function Definitions(props: {
  readonly kinds: readonly ActionKind[];
  readonly language: Language;
}): VNode {
  const { kinds, language } = props;
  const said = pageWords[language].treaty;
  return (
    <dl class="facts">
      {kinds.map((kind) => {
        const [label, means, doesNotMean] = wordsOfKind(kind, language);
        const letter = kindLetter(kind);
        return (
          <div key={kind} id={`kind-${kind}`}>
            <dt>
              {label}
              {letter !== '' && <span class="quiet"> ({letter})</span>}
            </dt>
            <dd>
              {said.means} {means} <br />
              <span class="quiet">
                {said.doesNotMean} {doesNotMean}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
