import type { VNode } from 'preact';
import { Tag, type Language, type Tone } from '#pages';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { subscriptionWords } from './words.ts';

const tones: Readonly<Record<SubscriberRow['state'] | 'failing', Tone>> = {
  pending: 'info',
  active: 'good',
  failing: 'warn',
  paused: 'warn',
  stopped: 'bad',
};

/** In what state a subscription is, in a word. */
export function StateTag(props: {
  readonly language: Language;
  readonly state: SubscriberRow['state'];
  /** Whether it is told and failed the last time. */
  readonly isFailing: boolean;
}): VNode {
  const { language, state, isFailing } = props;
  const name = isFailing ? 'failing' : state;
  return (
    <p>
      <Tag tone={tones[name]}>{subscriptionWords[language].manage.states[name]}</Tag>
    </p>
  );
}
