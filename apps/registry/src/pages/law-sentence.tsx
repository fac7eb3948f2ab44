import type { VNode } from 'preact';
import { datesWrittenOut, type Language } from '#pages';
import { lawSentenceInFrench } from './law-sentences.fr.ts';

/** A sentence with which the law explains itself. One without French words is shown, and marked, as English. */
export function LawSentence(props: {
  readonly sentence: string;
  readonly language: Language;
}): VNode {
  const { sentence, language } = props;
  if (language === 'en') return <>{datesWrittenOut(sentence, 'en')}</>;
  const french = lawSentenceInFrench(sentence);
  return french === null ? (
    <span lang="en">{datesWrittenOut(sentence, 'en')}</span>
  ) : (
    <>{datesWrittenOut(french, language)}</>
  );
}

/** A text whose dates are written out; its other words stay as they are. */
export function DatesInText(props: { readonly text: string; readonly language: Language }): VNode {
  return <>{datesWrittenOut(props.text, props.language)}</>;
}
