import type { ComponentChildren, VNode } from 'preact';
import type { EntryIntoForceState, ParticipantStatus } from '#treaty';
import type { Language } from '../language.ts';
import { componentWords } from '../words.ts';

/** Where a participant stands: the word, and a mark whose shape says it too. */
export function StatusMark(props: {
  readonly status: ParticipantStatus;
  readonly language: Language;
}): VNode {
  const { status, language } = props;
  return <span class={`mark ${status}`}>{componentWords[language].statuses[status]}</span>;
}

export type Tone = 'good' | 'info' | 'warn' | 'bad';

/** A short word in a frame. The word says it all; the colour only helps. */
export function Tag(props: { readonly tone?: Tone; readonly children: ComponentChildren }): VNode {
  return <span class={`tag ${props.tone ?? 'info'}`}>{props.children}</span>;
}

const tones: Readonly<Record<EntryIntoForceState, Tone>> = {
  pending: 'warn',
  fixed: 'info',
  'in-force': 'good',
  ceased: 'bad',
  unknown: 'info',
};

/** Whether a treaty is in force. */
export function ForceTag(props: {
  readonly state: EntryIntoForceState;
  readonly language: Language;
}): VNode {
  const { state, language } = props;
  return <Tag tone={tones[state]}>{componentWords[language].forceStates[state]}</Tag>;
}

/** A notice set apart from the text. `alert` is read out at once; use it for what just happened. */
export function Notice(props: {
  readonly tone?: Tone;
  readonly title?: string;
  readonly alert?: boolean;
  readonly children: ComponentChildren;
}): VNode {
  const { tone = 'info', title, alert = false, children } = props;
  return (
    <div class={`notice ${tone}`} {...(alert && { role: 'alert' as const })}>
      {title !== undefined && <p class="notice-title">{title}</p>}
      {children}
    </div>
  );
}
