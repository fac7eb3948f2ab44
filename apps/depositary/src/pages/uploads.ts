import type { FastifyRequest } from 'fastify';
import { Problem } from '#http';

/** A form with files as it arrived: its fields, and the one file where one was chosen. */
export interface Uploaded {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: { readonly name: string; readonly bytes: Buffer } | null;
}

/**
 * Reads a form with files. Fields stand before the file in the form, so they are known when it comes.
 * @throws Problem for another kind of body
 */
export async function uploadedIn(request: FastifyRequest): Promise<Uploaded> {
  if (!request.isMultipart())
    throw new Problem('unsupported-media-type', 'Send the form with its file from its page.', {
      detailFr: 'Envoyez le formulaire avec son fichier depuis sa page.',
    });
  const fields: Record<string, string> = {};
  let file: Uploaded['file'] = null;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') fields[part.fieldname] = part.value;
      continue;
    }
    const bytes = await part.toBuffer();
    // A form whose file was not chosen sends an empty one without a name.
    if (part.filename !== '' || bytes.length > 0) file = { name: part.filename, bytes };
  }
  return { fields, file };
}
