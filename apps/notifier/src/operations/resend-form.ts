import { textIn, type FormFields } from '#depositary';
import { datePartsIn, readDate, type DateParts, type FormFault, type Language } from '#pages';
import type { NotifierRuntime } from '../notifier-runtime.ts';
import { positionIn } from '../occurrences/place.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import type { DeliveriesWords } from './deliveries-words.ts';
import { isBeyond, planOf, type Resend, type ResendPlan } from './resending.ts';

/** What was typed to send again, as it was typed. */
export interface TypedResend {
  readonly what: string;
  readonly position: string;
  readonly date: DateParts;
  /** For what the box was ticked; empty while nobody was asked. */
  readonly sure: string;
}

const noDate: DateParts = { day: '', month: '', year: '' };

/** An empty form: what most come for is chosen already. */
export const blankResend = (what: Resend['what'] | ''): TypedResend => ({
  what,
  position: '',
  date: noDate,
  sure: '',
});

/** What a form sent, as it was typed. @throws Problem for a field that is far too long */
export function typedIn(form: FormFields): TypedResend {
  const asked = textIn(form, 'asked', 100);
  return {
    what: textIn(form, 'what', 20),
    position: textIn(form, 'position', 100),
    date: datePartsIn(form, 'date'),
    sure: textIn(form, 'sure', 10) === 'yes' ? asked : '',
  };
}

/** What a tick in the box is about: another request has to be asked again. */
export const askedOf = (wanted: Resend): string =>
  wanted.what === 'now'
    ? 'now'
    : wanted.what === 'after'
      ? `after ${wanted.position}`
      : `from ${wanted.date}`;

/** More things than this are sent only by who was told how many they are. */
const manyDeliveries = 50;

export type ReadResend =
  | { readonly wanted: Resend; readonly plan: ResendPlan }
  /** `asked`: what a tick in the box would be about, where one helps. */
  | { readonly faults: readonly FormFault[]; readonly asked: string | null };

/** What a form means, and what it would do; or what is wrong with it, in the language of the page. */
export async function readResend(
  runtime: NotifierRuntime,
  row: SubscriberRow,
  typed: TypedResend,
  { said, language }: { readonly said: DeliveriesWords; readonly language: Language },
): Promise<ReadResend> {
  const { faults } = said.resend;
  const read = wantedIn(typed, said, language);
  if ('field' in read) return { faults: [read], asked: null };
  const field = read.what === 'after' ? 'position' : 'date-day';
  if (read.what === 'after' && isBeyond(runtime, read.position)) {
    const { position: ledger } = runtime.reader.timeline;
    return { faults: [{ field, sentence: faults.beyond(ledger) }], asked: null };
  }
  const plan = await planOf(runtime, row, read);
  if (read.what !== 'now' && plan.deliveries === 0 && plan.leftOut === 0)
    return { faults: [{ field, sentence: faults.nothing }], asked: null };
  const asked = askedOf(read);
  if (typed.sure === asked) return { wanted: read, plan };
  const question =
    plan.leftOut !== 0
      ? faults.leavesOut(plan.leftOut)
      : plan.deliveries === null || plan.deliveries > manyDeliveries
        ? faults.many(plan.deliveries)
        : null;
  return question === null
    ? { wanted: read, plan }
    : { faults: [{ field: 'sure', sentence: question }], asked };
}

function wantedIn(
  { what, position, date }: TypedResend,
  { resend: { faults } }: DeliveriesWords,
  language: Language,
): Resend | FormFault {
  const [hasPosition, hasDate] = [position !== '', Object.values(date).some((one) => one !== '')];
  const unclear: FormFault = { field: 'what', sentence: faults.unclear };
  switch (what) {
    case 'now':
      return hasPosition || hasDate ? unclear : { what };
    case 'after':
      if (hasDate) return unclear;
      return /^\d{1,19}$/.test(position)
        ? { what, position: String(BigInt(position)) }
        : { field: 'position', sentence: faults.position };
    case 'from': {
      if (hasPosition) return unclear;
      const read = readDate(date, language);
      return read.outcome === 'date'
        ? { what, date: read.date }
        : { field: 'date-day', sentence: read.sentence };
    }
    default:
      return { field: 'what', sentence: faults.choose };
  }
}

/** What was done, for the address to which the form leads: so that loading it again sends nothing again. */
export function doneIn(wanted: Resend, plan: ResendPlan): Readonly<Record<string, string>> {
  return {
    sent: wanted.what,
    ...(wanted.what === 'after' && { after: positionIn(plan.from) }),
    ...(wanted.what === 'from' && { from: wanted.date }),
    ...(plan.deliveries !== null && { count: String(plan.deliveries) }),
  };
}
