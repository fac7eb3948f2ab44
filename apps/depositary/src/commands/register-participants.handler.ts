import { Command, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#ledger';
import { Ledger } from '#ledger';
import type { ParticipantEvent } from '#treaty';

/** Records facts about participants themselves: a new name, a dissolution, a continuation, a membership. */
export class RegisterParticipants extends Command<{ appended: number; position: string | null }> {
  constructor(
    readonly events: readonly ParticipantEvent[],
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(RegisterParticipants)
export class RegisterParticipantsHandler implements ICommandHandler<RegisterParticipants> {
  constructor(private readonly ledger: Ledger) {}

  execute({
    events,
    meta,
  }: RegisterParticipants): Promise<{ appended: number; position: string | null }> {
    return this.ledger.registerParticipants(events, meta);
  }
}
