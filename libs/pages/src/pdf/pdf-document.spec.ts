import { describe, expect, it } from '@jest/globals';
import { PdfDocument } from '#pages';

const make = (text: string): Promise<Buffer> => {
  const pdf = new PdfDocument({
    title: 'État au 20 novembre 2026',
    language: 'fr',
    author: 'Le registre',
    madeFrom: '2026-11-20T12:00:00Z',
    foot: 'XVIII-16',
  });
  pdf.heading(1, 'Convention');
  pdf.paragraph(text);
  pdf.facts([['Position', '887']]);
  pdf.table({
    caption: 'État',
    columns: [
      { label: 'Participant', width: 2 },
      { label: 'Date', width: 1 },
    ],
    rows: Array.from({ length: 90 }, (_, index) => [`Participant ${index}`, '20 novembre 2026']),
  });
  return pdf.finish();
};

describe('a PDF', () => {
  it('is the same bytes for the same facts, and others for others', async () => {
    const [first, second, other] = await Promise.all([make('a'), make('a'), make('b')]);
    expect(first.equals(second)).toBe(true);
    expect(first.equals(other)).toBe(false);
  });

  it('is tagged in its language, with its heads repeated on every page but read once', async () => {
    const text = (await make('Text')).toString('latin1');
    expect(text).toContain('/Lang (fr)');
    expect(text).toContain('/Marked true');
    expect(text.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(2);
    expect(text.match(/\/Scope \/Column/g)).toHaveLength(2);
    expect(text.match(/\/Scope \/Row/g)).toHaveLength(90);
  });

  it('leaves out control characters, which no font can draw', async () => {
    const [clean, dirty] = await Promise.all([
      make('plain\ntext'),
      make('pl\u0007ain\r\nte\u0000xt'),
    ]);
    expect(dirty.equals(clean)).toBe(true);
  });
});
