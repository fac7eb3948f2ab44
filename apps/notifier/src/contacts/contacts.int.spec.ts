import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import type { CalendarDate } from '#treaty';
import {
  databaseUnderTest,
  kindsUnderTest,
  type DatabaseUnderTest,
} from '../../../../libs/database/test/databases-under-test.ts';
import {
  meta,
  startLedgerUnderTest,
  treaty,
  type LedgerUnderTest,
} from '../../../../libs/ledger/test/ledger-under-test.ts';
import { startMailServer, type MailServer } from '../../test/mail-server.ts';
import {
  days,
  everything,
  hours,
  startNotifierUnderTest,
  TestClock,
  testKey,
  type NotifierUnderTest,
} from '../../test/notifier-under-test.ts';
import { ok, startReceiver, type Receiver } from '../../test/receiver.ts';
import { Sealing } from '../secrets/sealing.ts';
import { Subscriptions } from '../subscribers/subscriptions.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { ContactWork } from './contact-work.ts';
import { Contacts } from './contacts.ts';

const today = new Date().toISOString().slice(0, 10) as CalendarDate;
const operations = 'operations@ministry.example';

describe.each(kindsUnderTest)('the contact of a webhook on %s', (kind) => {
  let place: DatabaseUnderTest;
  let store: LedgerUnderTest;
  let receiver: Receiver;
  let mail: MailServer;
  let clock: TestClock;
  let one: NotifierUnderTest;

  const started = (mailServer?: string): Promise<NotifierUnderTest> =>
    startNotifierUnderTest({
      ledger: store.another(),
      url: place.url,
      file: place.file,
      clock,
      ...(mailServer !== undefined && { mailServer }),
    });
  const record = (participant: string) =>
    store.ledger.transact(
      { type: 'recordAction', treaty, participant, kind: 'accession', date: today },
      { ...meta, today },
    );
  const name = async (row: SubscriberRow, address = operations) => {
    const contact = await one.contacts.propose(row, address);
    await one.contacts.keep(contact);
    return contact;
  };
  const watched = async (path: string, more: Partial<SubscriberRow> = {}) => {
    const row = await one.subscribe({
      target: `${receiver.address}${path}`,
      language: more.language ?? 'en',
    });
    await one.contacts.confirm(await name(row));
    return row;
  };
  /** A subscription by mail that waits to be confirmed. */
  const byMail = (target: string) =>
    one.subscriptions.make(
      {
        channel: 'mail',
        target,
        host: 'else.example',
        filter: everything,
        language: 'en',
        rhythm: 'immediate',
        timeZone: 'UTC',
        macScheme: 'v1',
      },
      '',
    );
  /** Lets hours pass, each with what is due in it. */
  const pass = async (count: number): Promise<void> => {
    for (let hour = 0; hour < count; hour += 1) {
      clock.forward(hours(1));
      await one.settle();
    }
  };
  const fails = (path: string, code = 503): void =>
    receiver.behave((_request, response) => void response.writeHead(code).end(), path);
  const subjects = (): (string | undefined)[] => mail.to(operations).map(({ subject }) => subject);
  const paused = 'The Treaty Ledger: deliveries to your webhook are paused';

  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.close());
  beforeEach(async () => {
    [place, store, mail] = await Promise.all([
      databaseUnderTest(kind),
      startLedgerUnderTest(),
      startMailServer(),
    ]);
    clock = new TestClock();
    receiver.behave(ok);
    one = await started(mail.url);
  }, 600_000);
  afterEach(async () => {
    await one.close();
    await Promise.all([store.close(), mail.close()]);
    await place.remove();
  });

  it('is warned after a day, told of the pause after three, and of nothing twice', async () => {
    fails('/down');
    const row = await watched('/down', { language: 'fr' });
    await record('DEU');
    await one.settle();
    const since = new Date(clock.now()).toISOString();
    await pass(23);
    expect(subjects()).toStrictEqual([]);
    await pass(12);
    const warned = 'Le registre des traités : les envois à votre webhook échouent depuis un jour';
    expect(subjects()).toStrictEqual([warned]);
    await pass(50);
    const stopped = 'Le registre des traités : les envois à votre webhook sont suspendus';
    expect(subjects()).toStrictEqual([warned, stopped]);
    const [, told] = mail.to(operations);
    expect(told?.text).toContain(`depuis le `);
    expect(told?.text).toContain(`, ${since.slice(11, 16)} UTC.`);
    expect(told?.text).toContain('Le destinataire a répondu 503.');
    expect(told?.text).toMatch(/jusqu’à la position \d+ du registre, inscrite le \d/);
    expect(told?.text).toContain(`Voir le webhook et reprendre les envois :`);
    expect(told?.text).toContain(
      `https://treaties.example/subscriptions/${row.id}/contact?lang=fr&token=`,
    );
    expect(told?.headers.get('auto-submitted')).toBe('auto-generated');
    // Nothing of the webhook's address but its host: the rest may be a secret.
    expect(`${told?.text}${told?.html}`).not.toContain('/down');
    expect(one.failures).toStrictEqual([]);
  });

  it('is told once more when it was resumed and failed again, and at once of a 410', async () => {
    fails('/again');
    const row = await watched('/again');
    await record('DEU');
    await pass(84);
    const upTo = (await one.notifier.store.fanOut())?.place ?? '';
    await one.subscriptions.activate(row.id, '', upTo);
    await pass(84);
    expect(subjects().filter((subject) => subject === paused).length).toBe(2);
    expect(new Set(mail.to(operations).map(({ messageId }) => messageId)).size).toBe(4);
    fails('/again', 410);
    await one.subscriptions.activate(row.id, '', upTo);
    await one.settle();
    expect(subjects().at(-1)).toBe('The Treaty Ledger: deliveries to your webhook have ended');
    expect(mail.to(operations).at(-1)?.text).toContain(
      'it answered 410, which says that it is gone',
    );
    await pass(3);
    expect(subjects().length).toBe(5);
  });

  it('is told by another process when one died after the pause, or while it told', async () => {
    await one.close();
    one = await started();
    fails('/killed');
    await watched('/killed');
    await record('DEU');
    await pass(84);
    expect([one.ended, subjects()]).toStrictEqual([['paused failing'], []]);
    // Everything in the memory of the process that paused it is gone.
    await one.close();
    one = await started(mail.url);
    const dead = new ContactWork(one.database);
    const [first] = await dead.claim(clock.now(), clock.now() + 60_000, 5);
    await one.settle();
    expect(subjects()).toStrictEqual([]);
    clock.forward(61_000);
    await dead.claim(clock.now(), clock.now() + 60_000, 5);
    // The one whose lease is over wakes up, and writes nothing.
    await dead.finish(first!, { next: 'nothing' });
    clock.forward(61_000);
    await one.settle();
    await pass(5);
    expect(subjects()).toStrictEqual([paused]);
  });

  it('gets the same message again where it was sent and that was not written down', async () => {
    fails('/twice', 410);
    await watched('/twice');
    await record('DEU');
    const work = new ContactWork(one.database);
    const killed = jest.spyOn(ContactWork.prototype, 'finish').mockResolvedValue();
    await one.settle().finally(() => killed.mockRestore());
    expect(mail.to(operations).length).toBe(1);
    expect(await work.claim(clock.now(), clock.now(), 5)).toStrictEqual([]);
    clock.forward(61_000);
    await one.settle();
    await pass(3);
    const ids = mail.to(operations).map(({ messageId }) => messageId);
    expect([ids.length, new Set(ids).size]).toStrictEqual([2, 1]);
  });

  it('is tried again while the mail server is away, and no more once it refuses for good', async () => {
    fails('/mail', 410);
    const row = await watched('/mail');
    await record('DEU');
    mail.refuseWith(451);
    await one.settle();
    await pass(5);
    expect(subjects()).toStrictEqual([]);
    mail.refuseWith(null);
    await pass(9);
    expect(subjects().length).toBe(1);

    const other = await one.subscribe({ target: `${receiver.address}/mail` });
    await one.contacts.confirm(await name(other, 'nobody@ministry.example'));
    await record('FRA');
    await one.settle();
    await pass(9);
    expect((await one.contacts.of(other))?.state).toBe('bounced');
    expect((await one.contacts.of(row))?.state).toBe('confirmed');
  });

  it('is told nothing before it confirms, and then what it missed; unconfirmed it is erased', async () => {
    fails('/pending');
    const early = await one.subscribe({ target: `${receiver.address}/pending` });
    await record('DEU');
    await pass(40);
    const contact = await name(early);
    const never = await one.subscribe({ target: `${receiver.address}/never` });
    await name(never, 'never@ministry.example');
    await pass(44);
    expect(mail.mails).toStrictEqual([]);
    await one.contacts.confirm(contact);
    await one.settle();
    expect(subjects()).toStrictEqual([paused]);
    await pass(40);
    await one.contacts.forgetPendingBefore(clock.now() - days(3));
    expect(await one.contacts.of(never)).toBe(undefined);
    expect((await one.contacts.of(early))?.state).toBe('confirmed');
    const asked = await one.database.kysely.selectFrom('contact_askings').selectAll().execute();
    expect(asked).toStrictEqual([]);
  });

  it('hears nothing of a pause that was over before it could be told', async () => {
    await one.close();
    one = await started();
    fails('/over');
    const row = await watched('/over');
    await record('DEU');
    await pass(84);
    receiver.behave(ok, '/over');
    await one.subscriptions.activate(row.id, '', (await one.notifier.store.fanOut())?.place ?? '');
    await one.close();
    one = await started(mail.url);
    await one.settle();
    await pass(2);
    expect(mail.mails).toStrictEqual([]);
    expect((await one.contacts.of(row))?.due_at).toBe(null);
  });

  it('is asked three times in three days at the most, whatever is erased in between', async () => {
    const webhook = (n: number) => ({ target: `${receiver.address}/w${n}`, host: `h${n}` });
    const ask = (row: SubscriberRow, address: string) =>
      one.contacts.propose(row, address).then(
        () => 'asked',
        ({ message }: Error) => message,
      );
    const refused =
      'Too many subscriptions of this address or host wait to be confirmed; confirm those, or try again in three days.';
    const stranger = 'stranger@else.example';
    // One subscription by mail waits for the same person; the other two are contacts, one of them erased.
    await byMail('Stranger@else.example');
    const first = await one.subscribe(webhook(1));
    await one.contacts.keep(await one.contacts.propose(first, stranger));
    await one.subscriptions.erase(first.id);
    const second = await one.subscribe(webhook(2));
    // Many at the same moment are no way around.
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask(second, 'STRANGER@else.example')),
    );
    expect(answers.toSorted()).toStrictEqual([...Array<string>(7).fill(refused), 'asked']);
    await expect(byMail(stranger)).rejects.toThrow(refused);
    for (let n = 0; n < 47; n += 1) expect(await ask(second, `p${n}@else.example`)).toBe('asked');
    expect(await ask(second, 'p47@else.example')).toBe(refused);
    expect(await ask(second, 'p47@other.example')).toBe('asked');
    await one.contacts.forgetPendingBefore(clock.now() + 1);
    expect(await ask(second, 'p47@else.example')).toBe('asked');
  });

  it('is sealed, sealed again with a new key, and erased alone or with the subscription', async () => {
    const row = await watched('/sealed');
    const next = randomBytes(32);
    const openedBy = (...keys: Buffer[]): Contacts => {
      const sealing = new Sealing(keys);
      const subscriptions = new Subscriptions(one.database, sealing, clock);
      return new Contacts(one.database, { sealing, clock, subscriptions });
    };
    const both = openedBy(next, testKey);
    expect([await both.resealAll(), await both.resealAll()]).toStrictEqual([1, 0]);
    const contact = await one.contacts.of(row);
    expect(openedBy(next).addressOf(contact!)).toBe(operations);
    const kept = (words: string): string[] =>
      kind === 'postgres'
        ? []
        : readdirSync(dirname(place.file)).filter((file) =>
            readFileSync(join(dirname(place.file), file)).includes(words),
          );
    expect(kept(operations)).toStrictEqual([]);
    await one.contacts.erase(contact!);
    expect([await one.contacts.of(row), kept(contact!.id)]).toStrictEqual([undefined, []]);
    expect((await one.subscriptions.find(row.id))?.state).toBe('active');
    const again = await name(row);
    await one.subscriptions.erase(row.id);
    expect([await one.contacts.of(row), kept(again.address)]).toStrictEqual([undefined, []]);
  });
});
