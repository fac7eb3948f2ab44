import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';

export const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' };
const region = 'eu-central-1';

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Signature version 4, worked out from the request as it arrived, by nobody's library. */
function expectedSignature(request: IncomingMessage, signed: string[], day: string): string {
  const header = (name: string): string => String(request.headers[name] ?? '').trim();
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const canonical = [
    request.method ?? '',
    path,
    query,
    ...signed.map((name) => `${name}:${header(name)}`),
    '',
    signed.join(';'),
    header('x-amz-content-sha256'),
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', header('x-amz-date'), scope, sha256(canonical)].join('\n');
  const key = hmac(
    hmac(hmac(hmac(`AWS4${keys.secretAccessKey}`, day), region), 's3'),
    'aws4_request',
  );
  return hmac(key, toSign).toString('hex');
}

/** A storage that takes what is rightly signed and whole, and keeps it in memory. */
export async function startS3StandIn(): Promise<{
  url: string;
  region: string;
  objects: Map<string, Buffer>;
  close(): Promise<void>;
}> {
  const objects = new Map<string, Buffer>();
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const match =
        /Credential=([^/]+)\/(\d{8})\/[^,]+, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})/.exec(
          request.headers.authorization ?? '',
        );
      const [, id = '', day = '', names = '', signature = ''] = match ?? [];
      const right =
        id === keys.accessKeyId && signature === expectedSignature(request, names.split(';'), day);
      if (!right) return void response.writeHead(403).end('SignatureDoesNotMatch');
      const name = request.url ?? '';
      if (request.method === 'PUT') {
        if (sha256(body) !== request.headers['x-amz-content-sha256'])
          return void response.writeHead(400).end('XAmzContentSHA256Mismatch');
        objects.set(name, body);
        return void response.writeHead(200).end();
      }
      const held = objects.get(name);
      return held === undefined
        ? void response.writeHead(404).end('NoSuchKey')
        : void response.writeHead(200).end(held);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    url: `http://127.0.0.1:${port}/treaty-documents`,
    region,
    objects,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
