import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { preferredType } from '../accept.ts';
import { codingFor } from '../encoding.ts';
import { announceDeprecations } from './deprecations.ts';

describe('a deprecated route', () => {
  it('says so in each answer, with the day on which it goes where that is known', async () => {
    const fastify = Fastify();
    announceDeprecations(fastify, [
      {
        route: '/old/:id',
        deprecatedFrom: '2026-12-01',
        goesOn: '2027-12-01',
        explanation: '/changelog',
      },
      { route: '/fading', deprecatedFrom: '2026-12-01', goesOn: null, explanation: '/changelog' },
    ]);
    fastify.get('/old/:id', (_, reply) => reply.header('Link', '</>; rel="start"').send('x'));
    fastify.get('/fading', () => 'x');
    fastify.get('/new', () => 'x');
    const headersOf = async (url: string) => (await fastify.inject({ url })).headers;
    expect(await headersOf('/old/1')).toMatchObject({
      deprecation: '@1796083200',
      sunset: 'Wed, 01 Dec 2027 00:00:00 GMT',
      link: '</>; rel="start", </changelog>; rel="deprecation"; type="text/html"',
    });
    expect(await headersOf('/fading')).toMatchObject({ deprecation: '@1796083200' });
    expect(await headersOf('/fading')).not.toHaveProperty('sunset');
    expect(await headersOf('/new')).not.toHaveProperty('deprecation');
    await fastify.close();
  });
});

describe('the type to answer with', () => {
  const offered = ['application/json', 'application/ld+json'] as const;

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/ld+json', 'application/ld+json'],
    ['application/json;q=0.5, application/ld+json', 'application/ld+json'],
    ['application/ld+json;q=0.2, */*', 'application/json'],
    ['application/*;q=0.2, application/ld+json;q=0.1', 'application/json'],
    ['application/json;q=0, */*', 'application/ld+json'],
    ['text/html', null],
    ['application/json;q=0', null],
    ['application/json;q=x', null],
  ])('for %s is %s', (accept, type) => {
    expect(preferredType(accept, offered)).toBe(type);
  });
});

describe('the coding to answer with', () => {
  it.each([
    [undefined, null],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000', null],
    ['identity', null],
  ])('for %s is %s', (accept, coding) => {
    expect(codingFor(accept)).toBe(coding);
  });
});
