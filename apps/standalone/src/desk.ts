import { join } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import {
  DeskModule,
  FolderDocuments,
  openDeskDatabase,
  S3Documents,
  type DeskOptions,
  type DocumentStore,
} from '#depositary';
import { ConfigurationError, type Configuration } from './configuration.ts';

/** Where documents are kept: a bucket when one is named, else the data folder. @throws ConfigurationError */
function documentsOf(configuration: Configuration): DocumentStore {
  const {
    DOCUMENTS_S3_URL: url,
    DOCUMENTS_S3_REGION: region = 'us-east-1',
    DOCUMENTS_S3_ACCESS_KEY_ID: accessKeyId,
    DOCUMENTS_S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = configuration;
  if (url === undefined)
    return new FolderDocuments(join(configuration.LEDGER_DATA_DIR, 'documents'));
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new ConfigurationError(
      'DOCUMENTS_S3_URL needs DOCUMENTS_S3_ACCESS_KEY_ID and DOCUMENTS_S3_SECRET_ACCESS_KEY; give them, or leave it out to keep documents in the data folder.',
    );
  return new S3Documents({ url, region, accessKeyId, secretAccessKey });
}

/** The desk over its own database: `desk.sqlite` in the data folder, or DATABASE_URL. */
export async function deskModule(
  configuration: Configuration,
  parts: Pick<DeskOptions, 'ledger' | 'staff' | 'today' | 'reads'>,
): Promise<DynamicModule> {
  const documents = documentsOf(configuration);
  const database = await openDeskDatabase({
    url: configuration.DATABASE_URL,
    file: join(configuration.LEDGER_DATA_DIR, 'desk.sqlite'),
  });
  return DeskModule.forRoot({ ...parts, database, documents });
}
