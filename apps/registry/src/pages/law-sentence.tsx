import type { VNode } from 'preact';
import { dateInWords, type Language } from '#pages';
import { isCalendarDate } from '#treaty';
import { lawSentenceInFrench } from './law-sentences.fr.ts';

/** The dates in a sentence written out, so that every date on a page reads alike. */
export function datesWrittenOut(sentence: string, language: Language): string {
  return sentence.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (text) =>
    isCalendarDate(text) ? dateInWords(text, language) : text,
  );
}

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
