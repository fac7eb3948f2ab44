import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cybercrime, date, done, participants, treaty } from '../../treaty/test/deciding.ts';
import { seedParticipants } from '../../../apps/standalone/src/seed/load-seed.ts';
import { actionKinds, type ActionKind, type TreatyEvent } from '#treaty';
import {
  actionAnswer,
  actionList,
  actionsView,
  entryIntoForceAnswer,
  participantAnswer,
  notificationsView,
  participantsView,
  statusAnswer,
  treatyList,
  treatiesView,
  treatyAnswer,
  type AnyRecorded,
  type ListPage,
  type SortKey,
  type View,
  type ViewStates,
} from './index.ts';

/** Events as a ledger holds them: positions grow unevenly, instants a second each. */
function recorded(events: readonly TreatyEvent[]): AnyRecorded[] {
  const all = [...seedParticipants(), ...events];
  return all.map((event, index): AnyRecorded => ({
    event,
    id: `event-${index}`,
    stream: 'treaty' in event ? `treaty-${event.treaty}` : 'participants',
    revision: index,
    position: String(1000 + index * 7),
    recordedAt: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
    actor: 'officer',
  }));
}

const fold = <State>(view: View<State>, events: readonly AnyRecorded[], from = view.initial()) =>
  events.reduce((state, event) => view.apply(state, event), from);
const thaw = <State>(view: View<State>, state: State): State =>
  view.restore(JSON.parse(JSON.stringify(view.snapshot(state))));
const statesOf = (events: readonly AnyRecorded[]): ViewStates => ({
  treaties: fold(treatiesView, events),
  actions: fold(actionsView, events),
  participants: fold(participantsView, events),
  notifications: fold(notificationsView, events),
});

const codes = Object.values(participants.byCode)
  .filter(({ kind }) => kind === 'state')
  .map(({ code }) => code)
  .slice(0, 12);
const small = cybercrime({
  entryIntoForce: { ...cybercrime().finalClauses.entryIntoForce!, threshold: 3 },
});
const kinds = fc.constantFrom<ActionKind>('signature', 'ratification', 'accession', 'denunciation');
const days = fc
  .integer({ min: 0, max: 700 })
  .map((n) => new Date(Date.UTC(2025, 9, 25 + n)).toISOString().slice(0, 10));
const acts = fc
  .array(fc.tuple(fc.constantFrom(...codes), kinds, days), {
    maxLength: 25,
  })
  .chain((list) => {
    const events = list.map(([who, kind, on], n) => done(who, kind, on, { action: `a${n}` }));
    return fc
      .array(fc.tuple(fc.nat(24), days, fc.boolean()), { maxLength: 5 })
      .map((changes): TreatyEvent[] => [
        small,
        ...events,
        ...changes.map(([n, on, annul]): TreatyEvent =>
          annul
            ? { type: 'actionAnnulled', treaty, action: `a${n}`, reason: 'Not an act.' }
            : {
                type: 'actionCorrected',
                treaty,
                action: `a${n}`,
                changes: { date: date(on) },
                reason: 'The day was wrong.',
              },
        ),
      ]);
  });

const asOf = date('2026-11-24');
const everything = {
  participant: null,
  kind: null,
  from: null,
  to: null,
  recordedFrom: null,
  recordedTo: null,
  asOf: null,
  asKnownAt: null,
  namesOn: asOf,
  after: null,
} as const;
type Rows = readonly { readonly action: string; readonly date: string }[];
const rowsOf = (page: ListPage | null): Rows => [...(page?.rows() ?? [])] as unknown as Rows;
/** What the public sees of a state, all of it. */
const seen = (states: ViewStates, asKnownAt: string | null = null): unknown => {
  const times = { treaty, asOf, asKnownAt };
  const withoutTimes = (body: object | undefined) => ({ ...body, asKnownAt: null });
  return [statusAnswer, entryIntoForceAnswer, treatyAnswer].map((answer) =>
    withoutTimes(answer(states, times)?.body()),
  );
};
const listed = (states: ViewStates): unknown => [
  rowsOf(actionList(states, { treaty, ...everything, sort: '-date', limit: 1000 })),
  ...codes.map((code) => participantAnswer(states, { code, asOf, asKnownAt: null })?.body()),
  actionAnswer(states, 'a0', { asOf, asKnownAt: null })?.body(),
];

describe('the views', () => {
  it('thawed from a snapshot at any event, then brought up to date, answer as if read from the beginning', () => {
    fc.assert(
      fc.property(acts, fc.nat(), (events, n) => {
        const all = recorded(events);
        const cut = n % (all.length + 1);
        const whole = statesOf(all);
        const before = statesOf(all.slice(0, cut));
        const resumed: ViewStates = {
          treaties: fold(treatiesView, all.slice(cut), thaw(treatiesView, before.treaties)),
          actions: fold(actionsView, all.slice(cut), thaw(actionsView, before.actions)),
          participants: fold(
            participantsView,
            all.slice(cut),
            thaw(participantsView, before.participants),
          ),
          notifications: fold(
            notificationsView,
            all.slice(cut),
            thaw(notificationsView, before.notifications),
          ),
        };
        expect(seen(resumed)).toStrictEqual(seen(whole));
        expect(listed(resumed)).toStrictEqual(listed(whole));
      }),
      { numRuns: 30 },
    );
  });

  it('asked as known at a past position or instant, answer what they answered then', () => {
    fc.assert(
      fc.property(acts, fc.nat(), (events, n) => {
        const all = recorded(events);
        const cut = 1 + (n % all.length);
        const last = all[cut - 1]!;
        const then = seen(statesOf(all.slice(0, cut)));
        const now = statesOf(all);
        expect(seen(now, last.position)).toStrictEqual(then);
        expect(seen(now, last.recordedAt)).toStrictEqual(then);
        // Between two events nothing more was known.
        expect(seen(now, String(BigInt(last.position) + 3n))).toStrictEqual(then);
      }),
      { numRuns: 30 },
    );
  });

  it('page through actions without repeating or skipping one, in either order', () => {
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 7 }), (events, limit) => {
        const states = statesOf(recorded(events));
        for (const sort of ['recorded', 'date', '-date'] as const) {
          const ids: string[] = [];
          let after: SortKey | null = null;
          do {
            const page: ListPage | null = actionList(states, {
              treaty,
              ...everything,
              sort,
              limit,
              after,
            });
            const actions = rowsOf(page);
            expect(actions.length).toBeLessThanOrEqual(limit);
            ids.push(...actions.map(({ action }) => action));
            after = page!.next?.key ?? null;
          } while (after !== null);
          const recordedIds = events.flatMap((event) =>
            event.type === 'actionRecorded' ? [event.action] : [],
          );
          expect(ids.toSorted()).toStrictEqual(recordedIds.toSorted());
        }
      }),
      { numRuns: 30 },
    );
  });

  it('filter actions by participant, kind and date', () => {
    const states = statesOf(
      recorded([
        small,
        done('FRA', 'signature', '2025-10-25'),
        done('FRA', 'ratification', '2026-03-01'),
        done('DEU', 'ratification', '2026-04-01'),
      ]),
    );
    const ids = (asked: object): string[] => {
      const page = actionList(states, {
        treaty,
        ...everything,
        sort: 'date',
        limit: 10,
        ...asked,
      });
      return rowsOf(page).map(({ action }) => action);
    };
    expect(ids({ participant: 'FRA' })).toStrictEqual([
      'FRA-signature-2025-10-25',
      'FRA-ratification-2026-03-01',
    ]);
    expect(ids({ kind: 'ratification', to: date('2026-03-31') })).toStrictEqual([
      'FRA-ratification-2026-03-01',
    ]);
    expect(ids({ from: date('2026-04-01') })).toStrictEqual(['DEU-ratification-2026-04-01']);
  });

  it('know nothing of what nobody registered', () => {
    const states = statesOf(recorded([small]));
    const times = { treaty: 'I-1', asOf, asKnownAt: null };
    expect(statusAnswer(states, times)).toBeNull();
    expect(actionAnswer(states, 'toString', times)).toBeNull();
    expect(participantAnswer(states, { ...times, code: '__proto__' })).toBeNull();
    expect(statusAnswer(states, { treaty, asOf, asKnownAt: '1' })).toBeNull();
    const { rows } = treatyList(states, {
      asOf,
      asKnownAt: null,
      state: null,
      participant: null,
      text: null,
      depositary: null,
      sort: 'number',
      limit: 10,
      after: null,
    });
    expect([...rows()]).toHaveLength(1);
  });

  it('name every kind of action', () => {
    for (const kind of Object.keys(actionKinds) as ActionKind[]) {
      const states = statesOf(recorded([small, done('FRA', kind, '2026-01-01')]));
      const times = { asOf, asKnownAt: null };
      expect(actionAnswer(states, `FRA-${kind}-2026-01-01`, times)?.body()).toMatchObject({ kind });
    }
  });
});
