import { AwsClient } from 'aws4fetch';
import { checkedDigest, DocumentStore, intact } from './document-store.ts';

export interface S3Options {
  /** Address of the bucket, path style: `https://storage.example.org/treaty-documents`. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const patience = 30_000;

/** Documents in a bucket of an S3-compatible storage, one object each under its digest. */
export class S3Documents extends DocumentStore {
  private readonly client: AwsClient;
  private readonly url: string;

  constructor({ url, region, accessKeyId, secretAccessKey }: S3Options) {
    super();
    this.url = url.replace(/\/+$/, '');
    this.client = new AwsClient({
      accessKeyId,
      secretAccessKey,
      region,
      service: 's3',
      retries: 3,
    });
  }

  async put(sha256: string, bytes: Uint8Array, mediaType: string): Promise<void> {
    const response = await this.send(sha256, {
      method: 'PUT',
      body: new Uint8Array(bytes),
      // The storage checks the body against the digest, which is part of what is signed.
      headers: { 'Content-Type': mediaType, 'X-Amz-Content-Sha256': checkedDigest(sha256) },
    });
    if (!response.ok) throw await this.fault('stored', response);
  }

  async get(sha256: string): Promise<Buffer | null> {
    const response = await this.send(sha256, { method: 'GET' });
    if (response.status === 404) return null;
    if (!response.ok) throw await this.fault('read', response);
    return intact(sha256, Buffer.from(await response.arrayBuffer()));
  }

  private send(sha256: string, init: RequestInit): Promise<Response> {
    return this.client.fetch(`${this.url}/${checkedDigest(sha256)}`, {
      ...init,
      signal: AbortSignal.timeout(patience),
    });
  }

  private async fault(what: string, response: Response): Promise<Error> {
    const words = (await response.text()).slice(0, 300);
    return new Error(
      `The document could not be ${what}: the storage answered ${response.status} ${words}`,
    );
  }
}
