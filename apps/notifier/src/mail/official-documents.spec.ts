import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarDate } from '#treaty';
import { applyToStates, emptyStates, type AnyRecorded } from '#views';
import { startMailServer, type MailServer } from '../../test/mail-server.ts';
import type { EventOccurrence, Occurrence } from '../occurrences/occurrence.ts';
import { placeOfEvent } from '../occurrences/place.ts';
import { Sealing } from '../secrets/sealing.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { MailChannel } from './mail-channel.ts';
import { MailSender } from './mail-sender.ts';
import { attachmentLimits, OfficialDocuments } from './official-documents.ts';

const treaty = 'XVIII-16';
const numberOf = (serial: number): string => `C.N.${serial}.2026.TREATIES-XVIII.16`;
const issued = (serial: number, corrects: string | null = null): AnyRecorded => ({
  event: {
    type: 'depositaryNotificationIssued',
    notification: numberOf(serial),
    year: 2026,
    serial,
    treaty,
    dateOfNotification: calendarDate('2026-11-24'),
    subject: { en: 'Brazil: Ratification', fr: 'Brésil : Ratification' },
    text: { en: 'Effected.', fr: 'Effectuée.' },
    actions: [],
    announcesEntryIntoForce: null,
    corrects,
    draft: `draft ${serial}`,
  },
  id: `event-${serial}`,
  stream: 'notifications-2026',
  revision: serial - 1,
  position: String(1000 + serial),
  recordedAt: '2026-11-24T09:00:00.000Z',
  actor: 'officer',
});
const occurrence = (recorded: AnyRecorded): EventOccurrence => ({
  id: recorded.id,
  place: placeOfEvent(recorded.position),
  position: recorded.position,
  time: recorded.recordedAt,
  treaty,
  what: 'notification',
  recorded,
  participants: [],
  kinds: [],
  refersTo: null,
});
const statesWith = (...events: AnyRecorded[]) => {
  const states = emptyStates();
  for (const event of events) applyToStates(states, event);
  return states;
};
const first = occurrence(issued(1));
const all: readonly [Occurrence, ...Occurrence[]] = [
  first,
  ...Array.from({ length: 59 }, (_, index) => occurrence(issued(index + 2))),
];
const states = statesWith(...all.map(({ recorded }) => recorded as AnyRecorded));

describe('the official documents of notifications', () => {
  const made: string[] = [];
  const sized = (bytes: number, more: Partial<typeof attachmentLimits> = {}) => {
    made.length = 0;
    return new OfficialDocuments({ ...attachmentLimits, ...more }, (document, language) => {
      made.push(`${document.notification} ${language}`);
      return Promise.resolve(Buffer.alloc(bytes));
    });
  };

  it('are made once for a thousand subscribers, in each language, and again for a corrigendum', async () => {
    const documents = sized(30_000);
    const french = Array.from({ length: 1000 }, () => documents.attachedTo([first], states, 'fr'));
    const [{ attachments } = { attachments: [] }] = await Promise.all(french);
    expect(attachments.map(({ filename }) => filename)).toStrictEqual([`${numberOf(1)}-fr.pdf`]);
    await documents.attachedTo([first], states, 'en');
    expect(made).toStrictEqual([`${numberOf(1)} fr`, `${numberOf(1)} en`]);
    await documents.attachedTo([first], statesWith(issued(1), issued(2, numberOf(1))), 'fr');
    expect(made.length).toBe(3);
  });

  it('go into one message up to forty, or five million bytes, in order', async () => {
    const attached = async (bytes: number) => {
      const { attachments, leftOut } = await sized(bytes).attachedTo(all, states, 'en');
      return [attachments.length, leftOut.size, leftOut.has(numberOf(60))];
    };
    expect(await attached(30_000)).toStrictEqual([40, 20, true]);
    expect(await attached(400_000)).toStrictEqual([12, 48, true]);
    expect(await attached(5_000_001)).toStrictEqual([0, 60, true]);
  });

  it('are kept within bounds, those asked for last', async () => {
    const documents = sized(30_000, { kept: 100_000 });
    const ask = (index: number) => documents.attachedTo([all[index] ?? first], states, 'en');
    for (const index of [0, 1, 2, 0, 3, 0, 1]) await ask(index);
    expect(made.map((one) => one.split('.')[2])).toStrictEqual(['1', '2', '3', '4', '2']);
  });

  it('that could not be made are made again the next time', async () => {
    let tries = 0;
    const documents = new OfficialDocuments(attachmentLimits, () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('no font')) : Promise.resolve(Buffer.alloc(9));
    });
    await expect(documents.attachedTo([first], states, 'en')).rejects.toThrow('no font');
    expect((await documents.attachedTo([first], states, 'en')).attachments.length).toBe(1);
  });
});

describe('a mail about notifications', () => {
  const key = new Sealing([randomBytes(32)]);
  let server: MailServer;
  let sender: MailSender;
  let channel: MailChannel;
  const reader = { id: 'reader', language: 'fr', target: key.seal('r@m.example', 'reader target') };

  beforeAll(async () => {
    server = await startMailServer({ bytes: 100_000 });
    sender = new MailSender(server.url, 'The Treaty Ledger <notices@treaties.example>');
    channel = new MailChannel({
      sender,
      sealing: key,
      states: () => states,
      source: () => 'https://treaties.example',
      failed: (error) => {
        throw error;
      },
    });
  });
  afterAll(async () => {
    sender.close();
    await server.close();
  });

  it('goes without documents, and says where they are, where a server finds it too large', async () => {
    const answer = await channel.deliver(reader as SubscriberRow, all);
    expect(answer).toStrictEqual({ outcome: 'delivered', code: 250 });
    const [mail] = server.mails;
    expect([server.mails.length, mail?.attachments.length]).toStrictEqual([1, 0]);
    expect(mail?.text).toContain(
      `Le document officiel n’est pas joint, le message serait trop volumineux ; il est ici :\n  https://treaties.example/notifications/${numberOf(1)}.pdf?lang=fr`,
    );
    const one = await channel.deliver(reader as SubscriberRow, [first]);
    expect(one.outcome).toBe('delivered');
    expect(server.mails[1]?.attachments.map(({ filename }) => filename)).toStrictEqual([
      `${numberOf(1)}-fr.pdf`,
    ]);
    expect(server.mails[1]?.text).not.toContain('trop volumineux');
  }, 600_000);
});
