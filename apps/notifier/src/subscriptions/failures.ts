import type { InEveryLanguage } from '#pages';
import { failureInFrench } from '../operations/failure-sentences.fr.ts';
import { inBoth } from './words.ts';

/** Why a call or a message failed, as a channel says it, in both languages. */
export const failureSaid = (sentence: string): InEveryLanguage<string> =>
  inBoth(({ next }, language) =>
    language === 'en' ? sentence : (failureInFrench(sentence) ?? next.failed),
  );
