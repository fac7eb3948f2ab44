import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#ledger';
import { Ledger } from '#ledger';
import { elsewhereIn, otherTreaties } from './other-treaties.ts';
import {
  entryIntoForceOf,
  statusOf,
  type AnswerOptions,
  type EntryIntoForce,
  type ParticipantRegister,
  type Refusal,
  type StatusRow,
  type TreatyCommand,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';

/** What would change on the pages if the command were carried out. */
export interface PreviewSide {
  readonly participant: StatusRow | null;
  readonly totals: {
    readonly signatories: number;
    readonly contractingStates: number;
    readonly parties: number;
  };
  readonly entryIntoForce: Pick<
    EntryIntoForce,
    'state' | 'date' | 'counted' | 'required' | 'missing'
  >;
}

export interface Preview {
  readonly outcome: 'recorded' | 'unchanged' | 'refused';
  readonly refusals: readonly Refusal[];
  readonly events: readonly TreatyEvent[];
  readonly before: PreviewSide;
  readonly after: PreviewSide;
}

/** Shows the effects of a command and stores nothing. */
export class PreviewTreatyCommand extends Query<Preview> {
  constructor(
    readonly command: TreatyCommand,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@QueryHandler(PreviewTreatyCommand)
export class PreviewTreatyCommandHandler implements IQueryHandler<PreviewTreatyCommand> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ command, meta }: PreviewTreatyCommand): Promise<Preview> {
    const { result, before, after, participants } = await this.ledger.preview(command, meta);
    const participant = 'participant' in command ? command.participant : null;
    const asOf = meta.today;
    const others = await otherTreaties(this.ledger, [before, after]);
    const elsewhere = elsewhereIn(others, participants, asOf, [command.treaty]);
    const side = (record: TreatyRecord): PreviewSide =>
      sideOf(record, participants, participant, { asOf, elsewhere });
    return {
      outcome: result.outcome,
      refusals: result.outcome === 'refused' ? result.refusals : [],
      events: result.outcome === 'recorded' ? result.events.map(({ event }) => event) : [],
      before: side(before),
      after: side(after),
    };
  }
}

function sideOf(
  record: TreatyRecord,
  participants: ParticipantRegister,
  participant: string | null,
  options: AnswerOptions,
): PreviewSide {
  const status = statusOf(record, participants, options);
  const force = entryIntoForceOf(record, participants, options);
  return {
    participant: status.participants.find(({ code }) => code === participant) ?? null,
    totals: status.totals,
    entryIntoForce: {
      state: force.state,
      ...(force.date !== undefined && { date: force.date }),
      counted: force.counted,
      required: force.required,
      missing: force.missing,
    },
  };
}
