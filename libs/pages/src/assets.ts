import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** A file that pages load: its name holds a digest of its content, so it may be kept for ever. */
export interface Asset {
  readonly address: string;
  readonly mediaType: string;
  readonly body: Buffer;
}

const mediaTypes: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const folder = new URL('../assets/', import.meta.url);

/** Files of `libs/pages/assets` by their plain name. Read once. */
const assets: ReadonlyMap<string, Asset> = new Map(
  readdirSync(folder)
    .filter((name) => Object.hasOwn(mediaTypes, name.split('.').at(-1) ?? ''))
    .map((name) => {
      const body = readFileSync(new URL(name, folder));
      const digest = createHash('sha256').update(body).digest('base64url').slice(0, 12);
      const [stem = name, kind = ''] = name.split('.');
      const mediaType = mediaTypes[kind] ?? 'application/octet-stream';
      return [name, { address: `/assets/${stem}.${digest}.${kind}`, mediaType, body }];
    }),
);

/**
 * Address of an asset, for a link in a page.
 * @throws Error for a name that no file has: a fault of the page, not of a visitor
 */
export function assetAddress(name: string): string {
  const asset = assets.get(name);
  if (asset === undefined) throw new Error(`There is no asset ${name} in libs/pages/assets.`);
  return asset.address;
}

/** The asset at an address, or null. */
export function assetAt(address: string): Asset | null {
  return assets.values().find((asset) => asset.address === address) ?? null;
}

/** Changes whenever any asset does: pages name assets by their digests. */
export const assetsRevision = createHash('sha256')
  .update([...assets.values()].map(({ address }) => address).join('\n'))
  .digest('base64url')
  .slice(0, 12);
