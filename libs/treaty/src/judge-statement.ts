import { actionKinds, type ActionKind } from './action-kinds.ts';
import type { Refusal } from './commands.ts';
import type { ActionRecorded } from './events.ts';
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
  { name }: Participant,
  standing: Standing | null,
): Refusal[] {
  const { kind, date } = action;
  const label = actionKinds[kind].label;
  const found: Refusal[] = [];
  if (familyOf(kind) === 'territory' && isBlank(action.territory))
    found.push(refuse('missing-territory', 'territory', `${label} names a territory; give it.`));
  if (consistsOfText.includes(kind) && isBlank(action.text))
    found.push(refuse('missing-text', 'text', `${label} consists of a text; give it.`));
  found.push(...judgeReference(action, record));
  if (kind !== 'reservation') return found;
  const acts = [standing?.signature, standing?.consent].filter((act) => act != null);
  if (acts.length === 0)
    found.push(
      refuse(
        'statement-before-act',
        'date',
        `${name} has neither signed nor consented on or before ${date}; record that first.`,
      ),
    );
  else if (!acts.some((act) => act.date === date))
    found.push(
      refuse(
        'late-reservation',
        'date',
        `${name} signed or consented on ${acts.map((act) => act.date).join(' and ')}, not on ${date}; a late reservation stands only if nobody objects.`,
      ),
    );
  return found;
}

function judgeReference(action: ActionRecorded, record: TreatyRecord): Refusal[] {
  const rule = refersTo[action.kind];
  const label = actionKinds[action.kind].label;
  if (action.relatesTo === null) {
    if (rule === undefined) return [];
    return [
      refuse(
        'missing-related-action',
        'relatesTo',
        `${label} refers to an action; give the id of it.`,
      ),
    ];
  }
  const related = record.actions.find(({ first }) => first.action === action.relatesTo);
  if (related === undefined || related.annulled !== null)
    return [
      refuse(
        'unknown-related-action',
        'relatesTo',
        `The treaty has no action ${action.relatesTo.slice(0, 60)}; /treaties/${action.treaty}/actions lists them.`,
      ),
    ];
  if (rule === undefined) return [];
  const { kind, participant, date } = related.current;
  const whose = rule.own ? participant === action.participant : participant !== action.participant;
  if (rule.kinds.includes(kind) && whose && date <= action.date) return [];
  const what = rule.kinds.map((one) => actionKinds[one].label.toLowerCase()).join(' or ');
  return [
    refuse(
      'wrong-related-action',
      'relatesTo',
      `${label} refers to an earlier ${what} of ${rule.own ? 'the same' : 'another'} participant; that action is a ${actionKinds[kind].label.toLowerCase()} of ${participant} of ${date}.`,
    ),
  ];
}
