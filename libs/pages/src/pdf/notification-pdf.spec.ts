import { describe, expect, it } from '@jest/globals';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { notificationPdf, type NotificationDocument } from './notification-pdf.ts';

const issued: NotificationDocument = {
  notification: 'C.N.2.2026.TREATIES-XVIII.16',
  dateOfNotification: '2026-12-01',
  treaty: 'XVIII-16',
  title: 'Convention des Nations Unies contre la cybercriminalité',
  depositary: 'Secretary-General of the United Nations',
  subject: 'Côte d’Ivoire : Ratification',
  text: 'Le Secrétaire général communique :\n\nŁódź, Ţara, Éire.',
  corrects: 'C.N.1.2026.TREATIES-XVIII.16',
  correctedBy: [],
  madeFrom: '2026-12-01T09:00:00.000Z',
};

interface Node {
  readonly role?: string;
  readonly children?: readonly Node[];
}
const roles = (node: Node): string[] => [
  ...(node.role === undefined ? [] : [node.role]),
  ...(node.children ?? []).flatMap(roles),
];

async function read(bytes: Buffer) {
  const pdf = await getDocument({ data: new Uint8Array(bytes) }).promise;
  const page = await pdf.getPage(1);
  const { items } = await page.getTextContent();
  const { info } = await pdf.getMetadata();
  const marked = await pdf.getMarkInfo();
  const text = items.map((item) => ('str' in item ? item.str : '')).join(' ');
  return { text, info, marked, roles: roles((await page.getStructTree()) as unknown as Node) };
}

describe('a notification as a PDF', () => {
  it('is tagged, names its language, and says every word in order', async () => {
    const found = await read(await notificationPdf(issued, 'fr'));
    expect(found.marked?.Marked).toBe(true);
    expect(found.roles.filter((role) => /^(H\d|P|Document)$/.test(role))).toStrictEqual([
      'Document',
      'P',
      'H1',
      ...Array<string>(4).fill('P'),
      'H2',
      'P',
      'P',
    ]);
    const { Title, Language } = found.info as { Title?: string; Language?: string };
    expect([Title, Language]).toStrictEqual([
      'C.N.2.2026.TREATIES-XVIII.16: Côte d’Ivoire : Ratification',
      'fr',
    ]);
    const words = found.text.replaceAll(/\s+/g, ' ');
    expect(words).toContain('Notification dépositaire');
    expect(words).toContain('1er décembre 2026');
    expect(words).toContain('Rectifie : C.N.1.2026.TREATIES-XVIII.16');
    expect(words).toContain('Łódź, Ţara, Éire.');
    expect(words.indexOf('Côte d’Ivoire')).toBeLessThan(words.indexOf('Le Secrétaire général'));
  });

  it('says of a draft that it is one, and has the same bytes for the same words', async () => {
    const draft = { ...issued, notification: null, dateOfNotification: null, corrects: null };
    const [first, second] = [
      await notificationPdf(draft, 'en'),
      await notificationPdf(draft, 'en'),
    ];
    expect(first.equals(second)).toBe(true);
    const { text } = await read(first);
    expect(text).toContain('DRAFT: not issued, not to be circulated');
    expect(text).not.toContain('C.N.');
  });
});
