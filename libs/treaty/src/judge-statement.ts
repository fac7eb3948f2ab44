import type { ActionKind } from './action-kinds.ts';
import type { DecisionContext, Refusal } from './commands.ts';
import type { ActionRecorded } from './events.ts';
import { whoIs } from './participant-register.ts';
import type { Participant } from './participants.ts';
import type { TreatyRecord } from './record.ts';
import { refuse } from './refusals.ts';
import { familyOf, type Standing } from './standing.ts';

/** What a statement may refer to; `own`: only the participant's own. */
const refersTo: Partial<
  Record<ActionKind, { readonly kinds: readonly ActionKind[]; readonly own: boolean }>
> = {
  confirmationOfReservation: { kinds: ['reservation'], own: true },
  modificationOfReservation: { kinds: ['reservation'], own: true },
  withdrawalOfReservation: { kinds: ['reservation'], own: true },
  modificationOfDeclaration: { kinds: ['declaration'], own: true },
  withdrawalOfDeclaration: { kinds: ['declaration'], own: true },
  objection: { kinds: ['reservation', 'modificationOfReservation', 'declaration'], own: false },
  modificationOfObjection: { kinds: ['objection'], own: true },
  withdrawalOfObjection: { kinds: ['objection'], own: true },
};

/** Kinds whose substance is their text. */
const consistsOfText: readonly ActionKind[] = [
  'reservation',
  'modificationOfReservation',
  'declaration',
  'modificationOfDeclaration',
  'objection',
  'modificationOfObjection',
  'declarationOfCompetence',
  'modificationOfCompetence',
  'designationOfAuthority',
];

const isBlank = (text: string | null): boolean => text === null || text.trim() === '';

/** What the rules have against a statement or an act about a territory. */
export function judgeStatement(
  action: ActionRecorded,
  record: TreatyRecord,
  context: DecisionContext,
  who: Participant,
  standing: Standing | null,
): Refusal[] {
  const { kind, date } = action;
  const found: Refusal[] = [];
  if (familyOf(kind) === 'territory' && isBlank(action.territory))
    found.push(refuse('missing-territory', 'territory', { kind }));
  if (consistsOfText.includes(kind) && isBlank(action.text))
    found.push(refuse('missing-text', 'text', { of: kind }));
  found.push(...judgeReference(action, record, context));
  if (kind !== 'reservation') return found;
  const acts = [standing?.signature, standing?.consent].filter((act) => act != null);
  if (acts.length === 0) found.push(refuse('statement-before-act', 'date', { who, date }));
  else if (!acts.some((act) => act.date === date))
    found.push(
      refuse('late-reservation', 'date', { who, acted: acts.map((act) => act.date), date }),
    );
  return found;
}

function judgeReference(
  action: ActionRecorded,
  record: TreatyRecord,
  { participants }: DecisionContext,
): Refusal[] {
  const { kind: own } = action;
  const rule = refersTo[own];
  if (action.relatesTo === null)
    return rule === undefined ? [] : [refuse('missing-related-action', 'relatesTo', { kind: own })];
  const related = record.actions.find(({ first }) => first.action === action.relatesTo);
  if (related === undefined || related.annulled !== null)
    return [
      refuse('unknown-related-action', 'relatesTo', {
        action: action.relatesTo.slice(0, 60),
        treaty: action.treaty,
      }),
    ];
  if (rule === undefined) return [];
  const { kind, participant, date } = related.current;
  const whose = rule.own ? participant === action.participant : participant !== action.participant;
  if (rule.kinds.includes(kind) && whose && date <= action.date) return [];
  return [
    refuse('wrong-related-action', 'relatesTo', {
      kind: own,
      mayBe: rule.kinds,
      whose: rule.own ? 'same' : 'another',
      found: { kind, who: whoIs(participants, participant), date },
    }),
  ];
}
