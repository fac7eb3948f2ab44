import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { keys, startS3StandIn } from '../../test/s3-stand-in.ts';
import { digestOf, DocumentStore, FolderDocuments } from './document-store.ts';
import { examineDocument } from './examine-document.ts';
import { S3Documents } from './s3-documents.ts';

const pdf = Buffer.from(
  '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n',
);
// One black pixel.
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);
const jpeg = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.from('ffd9', 'hex'),
]);
const tiff = Buffer.alloc(26);
tiff.write('49492a0008000000', 0, 'hex');
tiff.writeUInt16LE(1, 8);

describe('what a document is', () => {
  test.each([
    ['application/pdf', pdf],
    ['image/png', png],
    ['image/jpeg', jpeg],
    ['image/tiff', tiff],
  ])('%s is told by its content', async (mediaType, bytes) => {
    expect(await examineDocument(bytes)).toStrictEqual({ mediaType });
  });

  test.each([
    ['application/pdf', pdf.subarray(0, -20)],
    ['image/png', png.subarray(0, -4)],
    ['image/jpeg', Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(2000)])],
    ['image/tiff', tiff.subarray(0, 20)],
  ])('%s that was cut off is refused', async (mediaType, bytes) => {
    expect(await examineDocument(bytes)).toStrictEqual({
      fault: {
        en: `The document begins as ${mediaType} but does not end as one; upload it again whole.`,
        fr: `Le document commence comme un ${mediaType} et ne finit pas comme tel ; téléversez-le de nouveau en entier.`,
      },
    });
  });

  test.each([
    ['a page of HTML', '<html><script>alert(1)</script></html>'],
    ['an image that carries script', '<?xml version="1.0"?><svg onload="alert(1)"/>'],
    ['a program', `MZ${'\0'.repeat(200)}`],
    ['nothing', ''],
  ])('%s is refused', async (_what, bytes) => {
    expect(await examineDocument(Buffer.from(bytes))).toHaveProperty('fault');
  });
});

const folder = mkdtempSync(join(tmpdir(), 'documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What every storage owes. */
function owes(name: string, store: () => DocumentStore): void {
  describe(name, () => {
    it('gives back what was put, byte for byte, once however often it was put', async () => {
      const sha256 = digestOf(pdf);
      expect(await store().get(sha256)).toBeNull();
      await Promise.all([
        store().put(sha256, pdf, 'application/pdf'),
        store().put(sha256, pdf, ''),
      ]);
      expect(await store().get(sha256)).toStrictEqual(pdf);
    });

    it('makes no path of what is no digest', async () => {
      for (const name of ['../../etc/passwd', '', 'A'.repeat(64), `${'a'.repeat(63)}/`])
        await expect(store().get(name)).rejects.toThrow('64 hexadecimal digits');
    });
  });
}

owes('a folder', () => new FolderDocuments(folder));

it('a folder leaves nothing half written, and says when bytes changed', async () => {
  const store = new FolderDocuments(folder);
  const sha256 = digestOf(png);
  await store.put(sha256, png);
  expect(readdirSync(join(folder, sha256.slice(0, 2)))).toStrictEqual([sha256]);
  const file = join(folder, sha256.slice(0, 2), sha256);
  const changed = readFileSync(file);
  changed[20] = (changed[20] ?? 0) ^ 1;
  writeFileSync(file, changed);
  await expect(store.get(sha256)).rejects.toThrow(/is not what was stored/);
});

describe('an S3-compatible storage', () => {
  let standIn: Awaited<ReturnType<typeof startS3StandIn>>;
  beforeEach(async () => {
    standIn = await startS3StandIn();
  });
  afterEach(() => standIn.close());
  const store = (secret = keys.secretAccessKey): S3Documents =>
    new S3Documents({ ...standIn, ...keys, secretAccessKey: secret });

  owes('rightly signed', () => store());

  it('refuses another secret, and the document is not there', async () => {
    await expect(store('another').put(digestOf(pdf), pdf, 'application/pdf')).rejects.toThrow(
      'The document could not be stored: the storage answered 403 SignatureDoesNotMatch',
    );
    expect([...standIn.objects.keys()]).toStrictEqual([]);
  });

  it('refuses bytes that are not those of the digest, and tells when it gives others', async () => {
    await expect(store().put(digestOf(pdf), png, 'image/png')).rejects.toThrow('400');
    await store().put(digestOf(pdf), pdf, 'application/pdf');
    standIn.objects.set(`/treaty-documents/${digestOf(pdf)}`, png);
    await expect(store().get(digestOf(pdf))).rejects.toThrow(/is not what was stored/);
  });
});
