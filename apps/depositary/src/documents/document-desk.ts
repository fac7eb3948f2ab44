import { Injectable } from '@nestjs/common';
import type { DocumentRole } from '#treaty';
import { CaseDesk } from '../cases/case-desk.ts';
import type { CaseDocument } from '../cases/case-content.ts';
import type { CaseFile, Hand } from '../cases/case-file.ts';
import { DeskClock } from '../cases/desk-clock.ts';
import { DeskRefused } from '../cases/desk-refused.ts';
import { digestOf, DocumentStore } from './document-store.ts';
import { examineDocument } from './examine-document.ts';

/** A document as it arrives, before anything is known of it. */
export interface Upload {
  readonly bytes: Buffer;
  /** As the sender calls it; shown to officers, never used as a path. */
  readonly name: string;
  readonly role: DocumentRole;
  readonly language: string | null;
}

/** A name to show and to offer on download: without folders, control characters or quotes. */
const plainName = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/[\p{Cc}"<>|*?:]/gu, '')
    .trim()
    .slice(0, 120) || 'document';

/** Scans and translations of a case: examined by content, kept by digest, seen by officers only. */
@Injectable()
export class DocumentDesk {
  constructor(
    private readonly cases: CaseDesk,
    private readonly documents: DocumentStore,
    private readonly clock: DeskClock,
  ) {}

  /** Stores a document, then puts it on the case. A crash between leaves bytes that nothing names. @throws DeskRefused */
  async attach(id: string, version: number, upload: Upload, by: Hand): Promise<CaseFile> {
    const examined = await examineDocument(upload.bytes);
    if ('fault' in examined)
      throw new DeskRefused('rule', 'document-not-taken', examined.fault, { field: 'document' });
    const sha256 = digestOf(upload.bytes);
    const document: CaseDocument = {
      sha256,
      name: plainName(upload.name),
      mediaType: examined.mediaType,
      size: upload.bytes.length,
      role: upload.role,
      language: upload.language,
      uploadedBy: by.subject,
      uploadedAt: this.clock.now(),
    };
    await this.documents.put(sha256, upload.bytes, examined.mediaType);
    return this.cases.change(id, version, { type: 'attach', document }, by);
  }

  /** A document of a case, for an officer. @throws DeskRefused when the case has none of this digest */
  async read(id: string, sha256: string): Promise<{ document: CaseDocument; bytes: Buffer }> {
    const { documents } = await this.cases.get(id);
    const document = documents.find((one) => one.sha256 === sha256);
    const bytes = document === undefined ? null : await this.documents.get(sha256);
    if (document === undefined || bytes === null)
      throw new DeskRefused('not-found', 'not-found', {
        en: 'The case has no document of this digest.',
        fr: 'Le dossier n’a aucun document de cette empreinte.',
      });
    return { document, bytes };
  }
}
