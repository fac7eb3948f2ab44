import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarDate, type IssueNotification } from '#treaty';
import { Ledger } from '#ledger';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
let signatureOfMauritius = '';
let ledger: Ledger;

const told = (draft: string, more: Partial<IssueNotification> = {}): IssueNotification => ({
  treaty: 'XVIII-16',
  subject: { en: 'Mauritius: Signature', fr: 'Maurice : Signature' },
  text: {
    en: 'The above action was effected on 19 November 2025.',
    fr: "L'action susmentionnée a été effectuée le 19 novembre 2025.",
  },
  actions: [signatureOfMauritius],
  announcesEntryIntoForce: null,
  corrects: null,
  draft,
  ...more,
});

async function issue(command: IssueNotification, today: string): Promise<string> {
  const result = await ledger.notifications.issue(command, {
    actor: 'officer',
    today: calendarDate(today),
  });
  if (result.outcome === 'refused') throw new Error(result.refusals[0].sentence);
  return result.event.notification;
}

beforeAll(async () => {
  await register.start();
  ledger = new Ledger(register.store!.connectionString);
  const { body } = await register.get('/treaties/XVIII-16/participants/MUS');
  signatureOfMauritius = body.actions[0].action;
  await issue(told('first'), '2025-11-20');
  await issue(
    told('second', {
      subject: { en: 'Opening for signature', fr: 'Ouverture à la signature' },
      actions: [],
    }),
    '2026-01-12',
  );
});
afterAll(async () => {
  await ledger.close();
  await register.remove();
});

const numbers = async (query: string): Promise<string[]> => {
  const { body } = await register.get(`/notifications${query}`);
  return body.notifications.map((one: any) => one.notification);
};

describe('depositary notifications', () => {
  it('are listed the latest first, filtered by year, participant, treaty, dates and words', async () => {
    const all = ['C.N.1.2026.TREATIES-XVIII.16', 'C.N.1.2025.TREATIES-XVIII.16'];
    expect(await numbers('')).toStrictEqual(all);
    expect(await numbers('?year=2025')).toStrictEqual([all[1]]);
    expect(await numbers('?participant=MUS')).toStrictEqual([all[1]]);
    expect(await numbers('?treaty=XVIII-16&from=2026-01-01&to=2026-12-31')).toStrictEqual([all[0]]);
    expect(await numbers('?treaty=XVIII-14')).toStrictEqual([]);
    expect(await numbers('?q=ouverture%20SIGNAT')).toStrictEqual([all[0]]);
    expect(await numbers('?q=susmentionnee%20maurice')).toStrictEqual([all[1]]);
    expect(await numbers('?asOf=2025-12-31')).toStrictEqual([all[1]]);
    const { body } = await register.get('/treaties/XVIII-16/notifications?limit=1');
    expect(body.notifications).toHaveLength(1);
    expect(await numbers(`?limit=1&cursor=${body.next}`)).toStrictEqual([all[1]]);
    expect((await register.get('/treaties/XX-1/notifications')).status).toBe(404);
  });

  it('stay as issued; a corrigendum names what it corrects, which tells of it', async () => {
    const address = '/notifications/C.N.1.2025.TREATIES-XVIII.16';
    const before = await register.get(address);
    const tag = { 'If-None-Match': before.headers.get('etag')! };
    expect((await register.get(address, tag)).status).toBe(304);
    expect(before.body).toMatchObject({
      notification: 'C.N.1.2025.TREATIES-XVIII.16',
      title: expect.stringMatching(/^United Nations Convention against Cybercrime;/),
      dateOfNotification: '2025-11-20',
      subject: { en: 'Mauritius: Signature', fr: 'Maurice : Signature' },
      corrects: null,
      correctedBy: [],
    });
    expect(before.body.actions).toStrictEqual([
      {
        action: signatureOfMauritius,
        kind: 'signature',
        participant: 'MUS',
        name: 'Mauritius',
        date: '2025-11-19',
        annulled: null,
      },
    ]);
    const corrigendum = await issue(
      told('corrigendum', { corrects: 'C.N.1.2025.TREATIES-XVIII.16' }),
      '2026-02-02',
    );
    await register.get(`/notifications/${corrigendum}?atLeast=${await lastPosition()}`);
    const after = await register.get(address, tag);
    expect(after.status).toBe(200);
    expect(after.body).toStrictEqual({
      ...before.body,
      correctedBy: ['C.N.2.2026.TREATIES-XVIII.16'],
    });
    const known = await register.get(`${address}?asKnownAt=${before.body.position}`);
    expect(known.body).toStrictEqual(before.body);
    const correcting = await register.get(`/notifications/${corrigendum}`);
    expect(correcting.body.corrects).toBe('C.N.1.2025.TREATIES-XVIII.16');
  });

  it('are named by the actions they tell of', async () => {
    const { body } = await register.get(`/actions/${signatureOfMauritius}`);
    expect(body.notifications).toStrictEqual([
      'C.N.1.2025.TREATIES-XVIII.16',
      'C.N.2.2026.TREATIES-XVIII.16',
    ]);
  });

  it('are not found under a number that nobody gave, nor by parameters that nobody reads', async () => {
    const missing = await register.get('/notifications/C.N.9.2026.TREATIES-XVIII.16');
    expect([missing.status, missing.body.code]).toStrictEqual([404, 'not-found']);
    const misspelt = await register.get('/notifications?yaer=2026');
    expect([misspelt.status, misspelt.body.field]).toStrictEqual([400, 'yaer']);
    expect((await register.get('/notifications?year=26')).body.field).toBe('year');
  });
});

/** Position of the last event of the ledger. */
async function lastPosition(): Promise<string> {
  return String((await ledger.end()) ?? 0n);
}
