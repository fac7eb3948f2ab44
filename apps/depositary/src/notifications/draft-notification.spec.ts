import { describe, expect, it, test } from '@jest/globals';
import type { TogetherRow } from '#ledger';
import {
  actionKinds,
  decide,
  evolve,
  type ActionKind,
  type TreatyCommand,
  type TreatyEvent,
} from '#treaty';
import {
  act,
  cybercrime,
  date,
  done,
  participants,
  record,
  today,
} from '../../../../libs/treaty/test/deciding.ts';
import { states } from '../../../../test/e2e/register-under-test.ts';
import { legalClocks, startedClocks } from '../cases/legal-clocks.ts';
import { entitledOn } from '../cases/entitled.ts';
import { draftNotifications } from './draft-notification.ts';
import { actionInWords, dateInWords, filled } from './wording.ts';

/** Commands carried out in turn on what events leave. */
function rowsOf(before: readonly TreatyEvent[], ...commands: TreatyCommand[]): TogetherRow[] {
  let at = record(...before);
  return commands.map((command, index) => {
    const decision = decide(command, at, { participants, today, action: `a${index}` });
    const after = decision.outcome === 'events' ? decision.events.reduce(evolve, at) : at;
    const row = { command, decision, before: at, after };
    at = after;
    return row;
  });
}
const context = {
  participants,
  options: { asOf: today },
  notify: 'each',
  corrects: null,
} as const;
const deposits = (count: number): TreatyEvent[] =>
  states.slice(0, count).map((code) => done(code, 'accession', '2026-11-02'));

describe('a notification drafted from the event', () => {
  it('says in the words of the United Nations what was effected, in both languages', () => {
    const rows = rowsOf(
      [cybercrime(), done('FRA', 'signature', '2025-10-25')],
      act('FRA', 'ratification', '2026-11-01'),
    );
    expect(draftNotifications(rows, context)).toStrictEqual([
      {
        subject: { en: 'France: Ratification', fr: 'France : Ratification' },
        text: {
          en: 'The Secretary-General of the United Nations, acting in his capacity as depositary, communicates the following:\n\nThe above action was effected on 1 November 2026, with:\n\nParticipant: France',
          fr: 'Le Secrétaire général de l’Organisation des Nations Unies, agissant en sa qualité de dépositaire, communique :\n\nL’action susmentionnée a été effectuée le 1er novembre 2026, avec :\n\nParticipant : France',
        },
        actions: ['a0'],
        announcesEntryIntoForce: null,
        corrects: null,
      },
    ]);
  });

  it('announces the entry into force with the last required instrument, and no other does', () => {
    const [thirtyNinth] = draftNotifications(
      rowsOf([cybercrime(), ...deposits(38)], act('AUS', 'accession', '2026-11-20')),
      context,
    );
    expect(thirtyNinth?.announcesEntryIntoForce).toBeNull();
    const [fortieth] = draftNotifications(
      rowsOf([cybercrime(), ...deposits(39)], act('AUS', 'accession', '2026-11-20')),
      context,
    );
    expect(fortieth?.announcesEntryIntoForce).toBe('2027-02-18');
    expect(fortieth?.subject.en).toBe('Australia: Accession, entry into force');
    expect(fortieth?.text.en).toContain(
      'On 20 November 2026, the conditions for the entry into force of United Nations Convention against Cybercrime were met. Accordingly, it shall enter into force on 18 February 2027 in accordance with its article 65(1).',
    );
    expect(fortieth?.text.fr).toContain(
      'il entrera en vigueur le 18 février 2027 conformément à son article 65(1)',
    );
    const [later] = draftNotifications(
      rowsOf([cybercrime(), ...deposits(40)], act('AUS', 'accession', '2026-11-20')),
      context,
    );
    expect(later?.announcesEntryIntoForce).toBeNull();
    expect(later?.text.en).toContain('will enter into force for Australia on');
  });

  it('tells of a statement with the act of its State that it came with', () => {
    const rows = rowsOf(
      [cybercrime()],
      act('CHL', 'accession', '2026-11-20'),
      act('CHL', 'reservation', '2026-11-20', { text: 'Article 63(2) is excluded.' }),
    );
    const [one, ...others] = draftNotifications(rows, context);
    expect(others).toStrictEqual([]);
    expect(one?.subject.en).toBe('Chile: Accession, Reservation');
    expect(one?.text.en).toContain('Reservation:\n\nArticle 63(2) is excluded.');
    expect(one?.actions).toStrictEqual(['a0', 'a1']);
  });

  it('of a late reservation asks the contracting States, and starts their twelve months', () => {
    const before = [cybercrime(), done('CHL', 'accession', '2026-03-02')];
    const rows = rowsOf(
      before,
      act('CHL', 'reservation', '2026-11-20', { text: 'x', overrideReason: 'Received late.' }),
    );
    expect(draftNotifications(rows, context)[0]?.text.en).toContain(
      'within a period of twelve months',
    );
    const options = { asOf: today };
    expect(
      startedClocks(
        legalClocks(record(...before), participants, options),
        legalClocks(rows[0]!.after, participants, options),
      ),
    ).toStrictEqual([
      {
        kind: 'objections-to-late-reservation',
        treaty: 'XVIII-16',
        participant: 'CHL',
        action: 'a0',
        date: '2027-11-20',
      },
    ]);
  });

  test.each(Object.keys(actionKinds) as ActionKind[])('%s has its words in French', (kind) => {
    expect(actionInWords(kind).fr.length).toBeGreaterThan(3);
  });

  it('leaves no blank unfilled', () => {
    expect(() => filled({ en: '{date}', fr: '' })).toThrow('Nothing fills {date}');
    expect(dateInWords(date('2026-12-01'))).toStrictEqual({
      en: '1 December 2026',
      fr: '1er décembre 2026',
    });
  });
});

describe('who receives it', () => {
  const codes = (on: string): string[] =>
    entitledOn(record(cybercrime()), participants, date(on)).map(({ code }) => code);
  it('is every State that exists on the day, and the organizations that the clauses let in', () => {
    const now = codes('2026-11-24');
    expect(now).toEqual(expect.arrayContaining(['FRA', 'VAT', 'PSE', 'COK', 'EUE']));
    for (const code of ['SUN', 'DDR', 'HKG', 'ORG-WHO']) expect(now).not.toContain(code);
    expect(codes('1985-01-01')).toContain('SUN');
  });
});
