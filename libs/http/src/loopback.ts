import { isIP } from 'node:net';

/** Whether a host of the configuration, or of a Host header without its port, is this machine alone. */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (bare === 'localhost') return true;
  if (isIP(bare) === 4) return bare.startsWith('127.');
  return bare === '::1' || bare === '0:0:0:0:0:0:0:1';
}

/** The host of a Host header: `127.0.0.1:3000` → `127.0.0.1`, `[::1]:3000` → `::1`. Empty when unreadable. */
export function hostOf(header: string | undefined): string {
  const match = /^(\[[0-9a-f:.]+\]|[^:]+)(?::\d{1,5})?$/i.exec(header ?? '');
  return (match?.[1] ?? '').replace(/^\[|\]$/g, '');
}
