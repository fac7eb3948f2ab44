import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
// Its types know the default export only.
// oxlint-disable-next-line import/no-named-as-default
import PDFDocument from 'pdfkit';
import type { Language } from '../language.ts';

const fontFolder = join(
  dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')),
  'ttf',
);

/** Fonts that hold Latin with every accent, Greek, Cyrillic and more; embedded, only the glyphs used. */
const fonts = {
  text: join(fontFolder, 'DejaVuSansCondensed.ttf'),
  strong: join(fontFolder, 'DejaVuSansCondensed-Bold.ttf'),
  title: join(fontFolder, 'DejaVuSerifCondensed-Bold.ttf'),
} as const;

/** A4 in points, with margins for a printed page. */
const page = { size: 'A4', left: 50, right: 50, top: 56, bottom: 64 } as const;
const ink = '#1b1d1f';
const quiet = '#51575c';
const line = '#b9b4a5';

export interface PdfSettings {
  readonly title: string;
  readonly language: Language;
  /** Who publishes it. */
  readonly author: string;
  /** Instant of what it is made from, not of making it: the same facts give the same bytes. */
  readonly madeFrom: string;
  /** At the foot of every page, before its number. */
  readonly foot: string;
}

export interface PdfColumn {
  readonly label: string;
  /** Share of the width, in any unit. */
  readonly width: number;
}

export interface PdfTable {
  readonly caption: string;
  readonly columns: readonly PdfColumn[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly string[])[];
}

type Element = PDFKit.PDFStructureElement;

/** Texts are drawn as they are; only what no font can draw, control characters, is left out. */
const drawable = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '');

/**
 * A tagged PDF: headings, paragraphs, names with values, and tables with heads that repeat on every page. Its
 * title and language are set and its reading order is that of the calls, so that it can be listened to.
 * Nothing in a text is interpreted.
 */
export class PdfDocument {
  private readonly pdf: PDFKit.PDFDocument;
  private readonly root: Element;
  private readonly settings: PdfSettings;

  constructor(settings: PdfSettings) {
    this.settings = settings;
    const { title, language, author, madeFrom } = settings;
    const made = new Date(madeFrom);
    this.pdf = new PDFDocument({
      size: page.size,
      margins: page,
      pdfVersion: '1.7',
      tagged: true,
      lang: language,
      displayTitle: true,
      bufferPages: true,
      info: { Title: drawable(title), Author: author, CreationDate: made, ModDate: made },
    });
    for (const [name, file] of Object.entries(fonts)) this.pdf.registerFont(name, file);
    this.root = this.pdf.struct('Document');
    this.pdf.addStructure(this.root);
  }

  private get width(): number {
    return this.pdf.page.width - page.left - page.right;
  }

  private get bottom(): number {
    return this.pdf.page.height - page.bottom;
  }

  /** A heading of level 1 to 3. */
  heading(level: 1 | 2 | 3, text: string): void {
    const size = { 1: 19, 2: 14, 3: 11.5 }[level];
    this.pdf.moveDown(level === 1 ? 0 : 0.8);
    if (this.pdf.y > this.bottom - 60) this.pdf.addPage();
    this.element(this.root, `H${level}`, () =>
      this.pdf.font('title').fontSize(size).fillColor(ink).text(drawable(text), page.left),
    );
    this.pdf.moveDown(0.4);
  }

  /** Paragraphs: an empty line in the text begins the next one. */
  paragraph(text: string, look: 'text' | 'quiet' | 'strong' = 'text'): void {
    for (const part of drawable(text).split(/\n\s*\n/)) {
      this.element(this.root, 'P', () =>
        this.pdf
          .font(look === 'strong' ? 'strong' : 'text')
          .fontSize(look === 'quiet' ? 8.5 : 10)
          .fillColor(look === 'quiet' ? quiet : ink)
          .text(part, page.left, this.pdf.y, { width: this.width, lineGap: 2 }),
      );
      this.pdf.moveDown(0.5);
    }
  }

  /** Names with values, one a line. */
  facts(facts: readonly (readonly [name: string, value: string])[]): void {
    const colon = this.settings.language === 'fr' ? '\u00a0: ' : ': ';
    for (const [name, value] of facts)
      this.element(this.root, 'P', () =>
        this.pdf
          .font('text')
          .fontSize(10)
          .fillColor(quiet)
          .text(`${drawable(name)}${colon}`, page.left, this.pdf.y, { continued: true, lineGap: 3 })
          .fillColor(ink)
          .text(drawable(value), { lineGap: 3 }),
      );
    this.pdf.moveDown(0.5);
  }

  /** A table; a row is never split, and the heads come again on every page, where they are not read twice. */
  table({ caption, columns, rows }: PdfTable): void {
    const table = this.pdf.struct('Table');
    this.root.add(table);
    this.element(table, 'Caption', () =>
      this.pdf.font('strong').fontSize(10).fillColor(ink).text(drawable(caption), page.left),
    );
    this.pdf.moveDown(0.4);
    const whole = columns.reduce((sum, { width }) => sum + width, 0);
    const widths = columns.map(({ width }) => (width / whole) * this.width);
    const heads = columns.map(({ label }) => drawable(label));
    this.row(table, heads, widths, 'head');
    for (const cells of rows) {
      const texts = columns.map((_, index) => drawable(cells[index] ?? ''));
      if (this.pdf.y + this.heightOf(texts, widths, 'row') > this.bottom) {
        this.pdf.addPage();
        this.row(null, heads, widths, 'head');
      }
      this.row(table, texts, widths, 'row');
    }
    table.end();
    this.pdf.x = page.left;
    this.pdf.moveDown(1);
  }

  /** Numbers the pages and gives the bytes. Nothing can be added after. */
  async finish(): Promise<Buffer> {
    this.feet();
    this.root.end();
    const chunks: Buffer[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    this.pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    this.pdf.on('end', () => resolve(Buffer.concat(chunks)));
    this.pdf.on('error', reject);
    this.pdf.end();
    return promise;
  }

  /** Draws something as an element of the structure; what spans pages stays one element. */
  private element(parent: Element, type: string, draw: () => void, attributes?: object): void {
    const element = this.pdf.struct(type);
    parent.add(element);
    if (attributes !== undefined) attributesOf(element)['A'] = attributes;
    element.add(this.pdf.markStructureContent(type));
    draw();
    this.pdf.endMarkedContent();
    element.end();
  }

  private heightOf(
    cells: readonly string[],
    widths: readonly number[],
    kind: 'head' | 'row',
  ): number {
    const heights = cells.map((text, index) =>
      this.pdf
        .font(kind === 'head' || index === 0 ? 'strong' : 'text')
        .fontSize(8.5)
        .heightOfString(text === '' ? ' ' : text, { width: (widths[index] ?? 0) - 8 }),
    );
    return Math.max(...heights) + 7;
  }

  /** One row; without a table it is drawn as decoration. */
  private row(
    table: Element | null,
    cells: readonly string[],
    widths: readonly number[],
    kind: 'head' | 'row',
  ): void {
    const top = this.pdf.y;
    const height = this.heightOf(cells, widths, kind);
    const row = table === null ? null : this.pdf.struct('TR');
    if (row !== null) table?.add(row);
    let left: number = page.left;
    for (const [index, text] of cells.entries()) {
      const strong = kind === 'head' || index === 0;
      const x = left;
      const width = widths[index] ?? 0;
      const draw = (): void =>
        void this.pdf
          .font(strong ? 'strong' : 'text')
          .fontSize(8.5)
          .fillColor(ink)
          .text(text, x, top + 3, { width: width - 8 });
      if (row === null) this.decoration(draw);
      else
        this.element(row, strong ? 'TH' : 'TD', draw, {
          O: 'Table',
          ...(strong && { Scope: kind === 'head' ? 'Column' : 'Row' }),
        });
      left += width;
    }
    row?.end();
    this.decoration(() => {
      const y = top + height;
      this.pdf
        .lineWidth(kind === 'head' ? 1.2 : 0.4)
        .strokeColor(kind === 'head' ? ink : line)
        .moveTo(page.left, y)
        .lineTo(page.left + this.width, y)
        .stroke();
    });
    this.pdf.y = top + height;
  }

  /** What is drawn and not read: rules, repeated heads, page numbers. */
  private decoration(draw: () => void): void {
    this.pdf.markContent('Artifact');
    draw();
    this.pdf.endMarkedContent();
  }

  private feet(): void {
    const { start, count } = this.pdf.bufferedPageRange();
    for (let index = start; index < start + count; index += 1) {
      this.pdf.switchToPage(index);
      // Text below the bottom margin would begin a page of its own.
      this.pdf.page.margins.bottom = 0;
      this.decoration(() =>
        this.pdf
          .font('text')
          .fontSize(8)
          .fillColor(quiet)
          .text(
            `${drawable(this.settings.foot)}  ·  ${index + 1} / ${count}`,
            page.left,
            this.pdf.page.height - page.bottom + 22,
            { width: this.width, align: 'center', lineBreak: false },
          ),
      );
    }
  }
}

/** The dictionary of an element, in which attributes such as the scope of a head are set. */
function attributesOf(element: Element): Record<string, unknown> {
  return (element as unknown as { readonly dictionary: { readonly data: Record<string, unknown> } })
    .dictionary.data;
}
