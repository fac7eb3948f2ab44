import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mostBytes } from './examine-document.ts';

/** Lets the server take uploads: one file a request, up to the size of a long scan. */
export async function registerUploads(app: NestFastifyApplication): Promise<void> {
  await app
    .getHttpAdapter()
    .getInstance()
    .register(multipart, {
      throwFileSizeLimit: true,
      limits: { files: 1, fileSize: mostBytes, fields: 0, parts: 1, headerPairs: 20 },
    });
}
