import { Injectable } from '@nestjs/common';
import { Ledger } from '#ledger';
import { refuse } from '#treaty';
import { Clock } from '../clock.ts';
import { elsewhereIn, otherTreaties } from '../commands/other-treaties.ts';
import { commandsOfCase } from './commands-of-case.ts';
import { keyIfApproved, type CaseFile } from './case-file.ts';
import { previewOfCase, type CasePreview } from './case-preview.ts';
import { DeskRefused } from './desk-refused.ts';

/** How many previews are kept, and how long in milliseconds: from looking at a case to approving it. */
const mostKept = 500;
const keptFor = 10 * 60_000;

/** Asks the ledger what a case would do, and shows it. Stores nothing. */
@Injectable()
export class CasePreviewing {
  private readonly kept = new Map<string, { preview: CasePreview; until: number }>();

  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * The preview that was looked at a moment ago, where this process made it. It holds at its revision of the
   * treaty only: the append names that revision, and on another the outcome is worked out anew.
   */
  lookedAt(key: string, digest: string): CasePreview | null {
    const kept = this.kept.get(`${key}@${this.clock.today()}`);
    if (kept === undefined || kept.until < performance.now()) return null;
    return kept.preview.digest === digest ? kept.preview : null;
  }

  /**
   * @param key gives actions the ids that recording under this key gives them
   * @throws DeskRefused while the draft cannot be read as commands, all faults at once
   */
  async preview(file: CaseFile, key = keyIfApproved(file)): Promise<CasePreview> {
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
      idempotencyKey: key,
    });
    if (together.before.registered === null) {
      const { treaty } = file;
      const {
        code,
        sentence: en,
        sentenceFr: fr,
      } = refuse('treaty-not-registered', 'treaty', { treaty });
      throw new DeskRefused('fields', code, { en, fr }, { field: 'treaty' });
    }
    const others = await otherTreaties(this.ledger, [together.before, together.after]);
    const elsewhere = elsewhereIn(others, together.participants, today, [file.treaty]);
    const options = { asOf: today, elsewhere };
    return this.keep(
      `${key}@${today}`,
      previewOfCase(file.treaty, together, file.content, options),
    );
  }

  private keep(name: string, preview: CasePreview): CasePreview {
    this.kept.delete(name);
    this.kept.set(name, { preview, until: performance.now() + keptFor });
    if (this.kept.size > mostKept) {
      const oldest = this.kept.keys().next();
      if (!oldest.done) this.kept.delete(oldest.value);
    }
    return preview;
  }
}
