import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#http';
import type { CommandMeta, CommandResult } from '#ledger';
import { readTraceparent, writeTraceparent } from '#tracing';
import type { Refusal, TreatyCommand } from '#treaty';
import { Clock } from '../clock.ts';
import { ApplyTreatyCommand } from '../commands/apply-treaty-command.handler.ts';
import { PreviewTreatyCommand, type Preview } from '../commands/preview-treaty-command.handler.ts';
import { ReadYourWrites } from '../read-your-writes.ts';
import { officerOf } from '../staff/officer.ts';

/** What a staff route answers when something was, or already is, on record. */
export interface RecordedAnswer {
  readonly outcome: 'recorded' | 'unchanged';
  readonly treaty: string;
  readonly action: string | null;
  /** Ledger position of the last event; a read may ask for at least this one (`?atLeast=`). */
  readonly position: string | null;
  /** True when the Idempotency-Key had been used for this same command: nothing was added now. */
  readonly replayed: boolean;
}

/** Carries a request's command to the bus with who, when and which key, and words the answer. */
@Injectable()
export class Recording {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
    private readonly reads: ReadYourWrites,
  ) {}

  /** The circumstances of a command: officer, date at the seat, keys from the headers. */
  metaOf(request: FastifyRequest): CommandMeta {
    const key = headerText(request, 'idempotency-key', 200);
    const correlationId = headerText(request, 'x-correlation-id', 100);
    const caller = readTraceparent(request.headers['traceparent']);
    return {
      // The subject and not the name: the ledger is for ever, and a name must be forgettable.
      actor: officerOf(request).subject,
      today: this.clock.today(),
      correlationId: correlationId ?? request.id,
      ...(key !== undefined && { idempotencyKey: key }),
      // For a register that makes no spans of its own. A trace is a help, never a reason to refuse a fact.
      ...(caller !== null && { traceparent: writeTraceparent(caller) }),
    };
  }

  /** Records and answers 201 with the new resource's address, or 200 when the fact was on record already. */
  async record(
    command: TreatyCommand,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<RecordedAnswer> {
    const result = await this.commands.execute(
      new ApplyTreatyCommand(command, this.metaOf(request)),
    );
    if (result.outcome === 'refused') throw refusalProblem(result.refusals);
    if (result.position !== null) {
      void reply.header('Ledger-Position', result.position);
      await this.reads.waitFor(result.position);
    }
    const location =
      result.action === null ? `/treaties/${command.treaty}` : `/actions/${result.action}`;
    void reply.header('Location', location);
    void reply.status(result.outcome === 'recorded' && !result.replayed ? 201 : 200);
    return answerOf(command.treaty, result);
  }

  /** Shows what recording would change. A refusal is the same problem as when recording. */
  async preview(
    command: TreatyCommand,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Preview> {
    const preview = await this.queries.execute(
      new PreviewTreatyCommand(command, this.metaOf(request)),
    );
    const [first, ...rest] = preview.refusals;
    if (first !== undefined) throw refusalProblem([first, ...rest]);
    void reply.status(200);
    return preview;
  }
}

function answerOf(
  treaty: string,
  result: Exclude<CommandResult, { outcome: 'refused' }>,
): RecordedAnswer {
  return {
    outcome: result.outcome,
    treaty,
    action: result.action,
    position: result.position,
    replayed: result.outcome === 'recorded' && result.replayed,
  };
}

/** A refusal as problem details; a treaty that is not registered is a missing resource. */
export function refusalProblem(refusals: readonly [Refusal, ...Refusal[]]): Problem {
  const [first] = refusals;
  if (first.code === 'treaty-not-registered') return new Problem('not-found', first.sentence);
  return new Problem(
    first.code === 'treaty-already-registered' ? 'conflict' : 'refused-by-rule',
    first.sentence,
    {
      refusal: first.code,
      field: first.field ?? undefined,
      article: first.article ?? undefined,
      errors: refusals.map(({ code, sentence, article, field, overridable }) => ({
        code,
        detail: sentence,
        article,
        field,
        overridable,
      })),
    },
  );
}

function headerText(request: FastifyRequest, name: string, longest: number): string | undefined {
  const value = request.headers[name];
  if (value === undefined) return undefined;
  if (
    typeof value === 'string' &&
    value.length <= longest &&
    /^[\x20-\x7e]*[\x21-\x7e][\x20-\x7e]*$/.test(value)
  )
    return value.trim();
  throw new Problem(
    'invalid-header',
    `The header ${name} must be 1 to ${longest} printable ASCII characters, given once.`,
    { field: name },
  );
}
