import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'oidc-provider';

export interface ProviderSecrets {
  /** Signs tokens. */
  readonly key: JWK;
  /** Signs the provider's own cookies. */
  readonly cookieKey: string;
  /** Between the provider and the register's sign-in. */
  readonly clientSecret: string;
}

/** The provider's secrets in the data folder, made at the first start; kept, so that tokens outlive a restart. */
export function providerSecrets(dataDir: string): ProviderSecrets {
  const file = join(dataDir, 'development-provider.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProviderSecrets;
  } catch {
    // Not there, or cut short by a crash: new ones only end the sessions at this provider.
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const made: ProviderSecrets = {
    key: {
      ...privateKey.export({ format: 'jwk' }),
      kid: randomBytes(8).toString('base64url'),
      alg: 'ES256',
      use: 'sig',
    },
    cookieKey: randomBytes(32).toString('base64url'),
    clientSecret: randomBytes(32).toString('base64url'),
  };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}
