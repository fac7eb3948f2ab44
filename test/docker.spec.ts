import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { commandOf, environmentOf, instructionsOf } from '../docker/dockerfile.mjs';
import { readConfiguration } from '../apps/standalone/src/configuration.ts';
import { checkSignIn } from '../apps/standalone/src/sign-in.ts';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const compose = parse(readFileSync(path('docker/compose.yaml'), 'utf8')) as {
  services: Record<
    string,
    {
      image: string;
      ports?: string[];
      environment: Record<string, string>;
      network_mode?: string;
      volumes: string[];
      depends_on?: Record<string, { condition: string }>;
      healthcheck?: { test: string[] };
      build?: { context: string; dockerfile: string };
    }
  >;
  volumes: Record<string, unknown>;
};
const image = instructionsOf(path('docker/Dockerfile'));

describe('the image', () => {
  it('pins the Node that the project runs on', () => {
    const { version } = JSON.parse(
      readFileSync(path('node_modules/node/package.json'), 'utf8'),
    ) as { version: string };
    for (const { rest } of image.filter(({ word }) => word === 'FROM'))
      expect(rest).toMatch(new RegExp(`^node:${version}-bookworm-slim( AS \\w+)?$`));
  });

  it('runs what is built, as an unprivileged user, with a health check of its own', () => {
    expect(image.findLast(({ word }) => word === 'USER')?.rest).toBe('node');
    const command = commandOf(image, 'CMD');
    expect(command[0]).toBe('node');
    expect(existsSync(path(command.at(-1) ?? ''))).toBe(true);
    const health = commandOf(image, 'HEALTHCHECK');
    expect(health.slice(0, 2)).toStrictEqual(['node', '-e']);
    expect(health[2]).toContain('/health');
  });

  it('sets only what the register knows', () => {
    const { NODE_ENV, ...settings } = environmentOf(image);
    expect(NODE_ENV).toBe('production');
    expect(readConfiguration(settings)).toMatchObject({ LEDGER_DATA_DIR: '/data', PORT: 3000 });
  });

  it('starts in production with a provider only', () => {
    const settings = environmentOf(image);
    expect(() => checkSignIn(readConfiguration(settings))).toThrow(/^OIDC_ISSUER must be set/);
    const provider = {
      OIDC_ISSUER: 'https://identity.example',
      OIDC_CLIENT_ID: 'register',
      OIDC_CLIENT_SECRET: 'secret',
    };
    expect(() => checkSignIn(readConfiguration({ ...settings, ...provider }))).not.toThrow();
  });
});

describe('the compose file', () => {
  const { register, eventstore } = compose.services;

  it('runs the register on a real EventStoreDB, once that is healthy', () => {
    expect(Object.keys(compose.services)).toStrictEqual(['eventstore', 'register']);
    expect(eventstore?.image).toMatch(/^eventstore\/eventstore:24\.2\.0/);
    expect(eventstore?.healthcheck?.test[0]).toBe('CMD-SHELL');
    expect(register?.depends_on).toStrictEqual({ eventstore: { condition: 'service_healthy' } });
    expect(readConfiguration(register?.environment ?? {})).toMatchObject({
      EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false',
      HOST: '127.0.0.1',
    });
    expect(() => checkSignIn(readConfiguration(register?.environment ?? {}))).not.toThrow();
    expect(register?.build).toStrictEqual({ context: '..', dockerfile: 'docker/Dockerfile' });
  });

  it('opens nothing to other machines, and keeps what is written', () => {
    for (const { ports = [] } of Object.values(compose.services))
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    for (const { volumes, image: name } of Object.values(compose.services)) {
      expect(name).toMatch(/:[\d.]+/);
      for (const volume of volumes)
        expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
    }
  });
});
