import { Command, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import type { CommandMeta, CommandResult } from '#ledger';
import { Ledger } from '#ledger';
import type { TreatyCommand } from '#treaty';

/** Records what a command of the law decides. The law names the commands; the bus carries them all. */
export class ApplyTreatyCommand extends Command<CommandResult> {
  constructor(
    readonly command: TreatyCommand,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(ApplyTreatyCommand)
export class ApplyTreatyCommandHandler implements ICommandHandler<ApplyTreatyCommand> {
  constructor(private readonly ledger: Ledger) {}

  execute({ command, meta }: ApplyTreatyCommand): Promise<CommandResult> {
    return this.ledger.transact(command, meta);
  }
}
