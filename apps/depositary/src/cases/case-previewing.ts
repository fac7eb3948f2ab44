import { Injectable } from '@nestjs/common';
import { Ledger } from '#ledger';
import { Clock } from '../clock.ts';
import { elsewhereIn, otherTreaties } from '../commands/other-treaties.ts';
import { commandsOfCase } from './commands-of-case.ts';
import type { CaseFile } from './case-file.ts';
import { previewOfCase, type CasePreview } from './case-preview.ts';
import { DeskRefused } from './desk-refused.ts';

/** Asks the ledger what a case would do, and shows it. Stores nothing. */
@Injectable()
export class CasePreviewing {
  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * @param key gives actions the ids that recording under this key gives them
   * @throws DeskRefused while the draft cannot be read as commands, all faults at once
   */
  async preview(file: CaseFile, key?: string): Promise<CasePreview> {
    const { commands, faults } = commandsOfCase(file);
    if (faults.length > 0)
      throw new DeskRefused(
        'fields',
        'case-incomplete',
        `The draft lacks something: ${faults.map(({ field, detail }) => `${field} ${detail}`).join('; ')}.`,
        { faults },
      );
    const today = this.clock.today();
    const together = await this.ledger.previewTogether(file.treaty, commands, {
      actor: 'preview',
      today,
      ...(key !== undefined && { idempotencyKey: key }),
    });
    if (together.before.registered === null)
      throw new DeskRefused(
        'fields',
        'treaty-not-registered',
        `The register has no treaty ${file.treaty}; register it first, or check the id.`,
        { field: 'treaty' },
      );
    const others = await otherTreaties(this.ledger, [together.before, together.after]);
    const elsewhere = elsewhereIn(others, together.participants, today, [file.treaty]);
    return previewOfCase(file.treaty, together, file.content, { asOf: today, elsewhere });
  }
}
