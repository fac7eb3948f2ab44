import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mostBytes } from './examine-document.ts';

/** Longest text of a form with a file, in bytes: a pasted status table. */
const mostText = 1024 * 1024;

/** Lets the server take uploads: one file a request, up to the size of a long scan, and the fields of its form. */
export async function registerUploads(app: NestFastifyApplication): Promise<void> {
  await app
    .getHttpAdapter()
    .getInstance()
    .register(multipart, {
      throwFileSizeLimit: true,
      limits: {
        files: 1,
        fileSize: mostBytes,
        fields: 12,
        fieldSize: mostText,
        parts: 13,
        headerPairs: 20,
      },
    });
}
