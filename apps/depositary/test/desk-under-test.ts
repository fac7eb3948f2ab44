import { calendarDate, type CalendarDate } from '#treaty';
import {
  databaseUnderTest,
  type DatabaseUnderTest,
} from '../../../libs/database/test/databases-under-test.ts';
import {
  startLedgerUnderTest,
  type LedgerUnderTest,
} from '../../../libs/ledger/test/ledger-under-test.ts';
import type { ActDraft, CaseContent, CaseKind, FormAnswer } from '../src/cases/case-content.ts';
import type { CaseFile, Hand } from '../src/cases/case-file.ts';
import { deskOf, type Desk } from '../src/cases/desk.ts';
import { openDeskDatabase, type DeskDatabase } from '../src/cases/desk-tables.ts';
import { formItemsOf } from '../src/cases/due-form.ts';

export const treaty = 'XVIII-16';
export const ana: Hand = { subject: 'ana@un', name: 'Ana' };
export const bo: Hand = { subject: 'bo@un', name: 'Bo' };

/** An accession received at the seat, of a State that has not signed. */
export const act = (participant: string, more: Partial<ActDraft> = {}): ActDraft => ({
  kind: 'accession',
  participant,
  date: '2026-11-20',
  dateOfInstrument: '2026-11-02',
  dateOfReceipt: '2026-11-20',
  ...more,
});

/** Every item that a case has to answer, answered. */
export function formOf(kind: CaseKind, content: CaseContent): Record<string, FormAnswer> {
  return Object.fromEntries(
    formItemsOf(kind, content).map(({ id, choices }) => [id, { answer: choices?.[0] ?? 'yes' }]),
  );
}

/** A desk over a ledger and a database of its own, with the clocks in the test's hands. */
export class DeskUnderTest {
  today: CalendarDate = calendarDate('2026-11-24');
  now = '2026-11-24T10:00:00.000Z';
  /** What to do at a step: a test may fail there as a crash would. */
  at: (step: string) => void = () => undefined;
  desks: { desk: Desk; database: DeskDatabase }[] = [];

  private constructor(
    readonly under: LedgerUnderTest,
    readonly place: DatabaseUnderTest,
  ) {}

  static async start(kind: 'sqlite' | 'postgres' = 'sqlite'): Promise<DeskUnderTest> {
    const [under, place] = await Promise.all([startLedgerUnderTest(), databaseUnderTest(kind)]);
    const made = new DeskUnderTest(under, place);
    await made.another();
    return made;
  }

  /** One more desk over the same stores, as another process would have it. */
  async another(): Promise<Desk> {
    const { url, file } = this.place;
    const database = await openDeskDatabase({ url, file });
    const desk = deskOf({
      database,
      ledger: this.under.another(),
      today: { today: () => this.today },
      clock: { now: () => this.now },
      steps: { passed: (step) => this.at(step) },
    });
    this.desks.push({ desk, database });
    return desk;
  }

  get desk(): Desk {
    return this.desks[0]!.desk;
  }

  async close(): Promise<void> {
    for (const { desk, database } of this.desks) {
      await desk.store.settled();
      await database.close();
    }
    await this.under.close();
    await this.place.remove();
  }

  /** A case of Ana's, answered and submitted. */
  async submitted(content: CaseContent, kind: CaseKind = 'instrument'): Promise<CaseFile> {
    const form = formOf(kind, content);
    const opened = await this.desk.cases.open(kind, treaty, { ...content, form }, ana);
    return this.desk.cases.submit(opened.id, opened.version, ana);
  }

  /** Bo approves what the preview shows. */
  async approve(
    { id, version }: CaseFile,
    { by = bo, publishAt = null }: { by?: Hand; publishAt?: string | null } = {},
    desk: Desk = this.desk,
  ): Promise<CaseFile> {
    const { revision, digest } = await desk.cases.preview(id);
    return desk.cases.approve(id, { version, revision, digest, publishAt }, by);
  }

  /** The acts that the ledger holds, in order. */
  async acts(): Promise<string[]> {
    const { record } = await this.under.ledger.loadTreaty(treaty);
    return record.actions.map(({ current }) => `${current.participant} ${current.kind}`);
  }
}
