import { participantsKnown, type ViewStates } from './known-at.ts';
import type { LazyAnswer } from './treaty-answers.ts';

const revisionOf = ({ participants }: ViewStates): string =>
  participants.history.at(-1)?.position ?? '';

/** Which figures about participants are recorded, without their values. */
export function attributesAnswer(states: ViewStates, asKnownAt: string | null): LazyAnswer {
  return {
    revision: revisionOf(states),
    body: () => ({
      attributes: Object.entries(participantsKnown(states, asKnownAt).tables).map(
        ([attribute, tables]) => ({
          attribute,
          tables: tables.map(({ title, unit, date, total, source }) => ({
            title,
            unit,
            date,
            total,
            source,
          })),
        }),
      ),
    }),
  };
}

/** All tables of one figure, in order of date; null for one that nobody recorded. */
export function attributeAnswer(
  states: ViewStates,
  attribute: string,
  asKnownAt: string | null,
): LazyAnswer | null {
  const { tables } = participantsKnown(states, asKnownAt);
  const found = Object.hasOwn(tables, attribute) ? tables[attribute] : undefined;
  return found === undefined
    ? null
    : { revision: revisionOf(states), body: () => ({ attribute, tables: found }) };
}
