import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#ledger';
import { Ledger } from '#ledger';
import { elsewhereIn, otherTreaties } from './other-treaties.ts';
import {
  clausesInEnglish,
  clausesInFrench,
  entryIntoForceOf,
  notComputed,
  statusOf,
  type EntryIntoForce,
  type Refusal,
  type Status,
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
  /** In full: what would count, by which arithmetic, and what would be missing. */
  readonly entryIntoForce: EntryIntoForce;
}

export interface Preview {
  readonly outcome: 'recorded' | 'unchanged' | 'refused';
  readonly refusals: readonly Refusal[];
  readonly events: readonly TreatyEvent[];
  readonly before: PreviewSide;
  readonly after: PreviewSide;
  /** Every row of the status table that would differ. */
  readonly changes: readonly {
    readonly code: string;
    readonly before: StatusRow | null;
    readonly after: StatusRow | null;
  }[];
  /** Where the command gives final clauses: how they read, and what nothing is computed from. */
  readonly clauses?: {
    readonly inWords: { readonly en: readonly string[]; readonly fr: readonly string[] };
    readonly notComputed: readonly string[];
  };
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
    const tableOf = (record: TreatyRecord): Status =>
      statusOf(record, participants, { asOf, elsewhere });
    const [tableBefore, tableAfter] = [tableOf(before), tableOf(after)];
    const side = (record: TreatyRecord, table: Status): PreviewSide => ({
      participant: table.participants.find(({ code }) => code === participant) ?? null,
      totals: table.totals,
      entryIntoForce: entryIntoForceOf(record, participants, { asOf, elsewhere }),
    });
    const { finalClauses } = 'finalClauses' in command ? command : {};
    return {
      outcome: result.outcome,
      refusals: result.outcome === 'refused' ? result.refusals : [],
      events: result.outcome === 'recorded' ? result.events.map(({ event }) => event) : [],
      before: side(before, tableBefore),
      after: side(after, tableAfter),
      changes: changesBetween(tableBefore, tableAfter),
      ...(finalClauses !== undefined && {
        clauses: {
          inWords: { en: clausesInEnglish(finalClauses), fr: clausesInFrench(finalClauses) },
          notComputed: notComputed(finalClauses),
        },
      }),
    };
  }
}

function changesBetween(before: Status, after: Status): Preview['changes'] {
  const rows = ({ participants }: Status): ReadonlyMap<string, StatusRow> =>
    new Map(participants.map((row) => [row.code, row]));
  const [then, now] = [rows(before), rows(after)];
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((code) => {
    const change = { code, before: then.get(code) ?? null, after: now.get(code) ?? null };
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change];
  });
}
