import { createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { ok, startReceiver, willing, type Receiver } from '../../apps/notifier/test/receiver.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest({ WEBHOOK_TARGETS: 'development' });
let receiver: Receiver;

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const about = (path: string) => receiver.received.filter((one) => one.path === path);
const subscribe = async (path: string, more: object = {}) => {
  const { status, body } = await register.post('/subscriptions', {
    channel: 'webhook',
    target: receiver.address + path,
    ...more,
  });
  expect([status, body.state]).toStrictEqual([201, 'active']);
  return body;
};
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const ratify = async (participant: string) => {
  const answer = await register.post(
    '/depositary/treaties/XVIII-16/actions',
    {
      kind: 'ratification',
      participant,
      date: '2026-11-20',
    },
    { traceparent, 'X-Correlation-Id': 'dossier-7' },
  );
  expect([participant, answer.status]).toStrictEqual([participant, 201]);
  return answer;
};
/** Waits until a receiver has got so many requests at a path. */
const got = async (path: string, count: number) => {
  for (let tries = 0; about(path).length < count; tries += 1) {
    if (tries > 1000) throw new Error(`${path} got ${about(path).length} requests, not ${count}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return about(path).slice(0, count);
};

beforeAll(async () => {
  receiver = await startReceiver();
  await register.start();
}, 600_000);
afterAll(async () => {
  await register.remove();
  await receiver.close();
});
beforeEach(() => receiver.behave(willing));

describe('a webhook', () => {
  it('gets a signed CloudEvent of what was recorded and what it changed', async () => {
    const { id, mac, token } = await subscribe('/hook');
    const recorded = await ratify('FRA');
    const [, request] = await got('/hook', 2);
    const { headers, body } = request!;
    // Other people's libraries say whether it is what it claims to be.
    new Webhook(mac.secret).verify(body, headers as Record<string, string>);
    const event = HTTP.toEvent({ headers, body });
    expect(Array.isArray(event)).toBe(false);
    const { specversion, type, subject, data, traceparent: trace } = JSON.parse(body);
    expect([trace, data.correlationId]).toStrictEqual([traceparent, 'dossier-7']);
    expect({ specversion, type, subject }).toStrictEqual({
      specversion: '1.0',
      type: 'treaty-ledger.action.recorded.v1',
      subject: `actions/${recorded.body.action}`,
    });
    expect(data.position).toBe(recorded.body.position);
    expect(data.action).toMatchObject({
      kind: 'ratification',
      participant: 'FRA',
      treaty: 'XVIII-16',
    });
    expect(data.changed).toStrictEqual({
      asOf: new Date().toISOString().slice(0, 10),
      status: [{ participant: 'FRA', before: 'signatory', after: 'contracting-state' }],
      counted: { before: 0, after: 1, required: 40 },
      entryIntoForce: { before: { state: 'pending' }, after: { state: 'pending' } },
    });
    expect(data.links.action).toBe(`${register.address}/actions/${recorded.body.action}`);
    const log = await register.get(`/subscriptions/${id}`, bearer(token));
    expect(log.body.deliveries.map((one: any) => [one.outcome, one.position])).toStrictEqual([
      ['delivered', recorded.body.position],
    ]);
  });

  it('signed with Ed25519 verifies with the public key alone', async () => {
    const { mac, id, token } = await subscribe('/ed', { mac: 'v1a' });
    expect(mac.secret).toMatch(/^whpk_/);
    await register.post(`/subscriptions/${id}/ping`, {}, bearer(token));
    const [, { headers, body }] = (await got('/ed', 2)) as [any, any];
    const x = Buffer.from(mac.secret.slice(5), 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const [scheme, made] = headers['webhook-signature'].split(',');
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    expect(scheme).toBe('v1a');
    expect(verify(null, Buffer.from(content), key, Buffer.from(made, 'base64'))).toBe(true);
    expect(verify(null, Buffer.from(`${content} `), key, Buffer.from(made, 'base64'))).toBe(false);
  });

  it('with a new secret is signed with both for a day', async () => {
    const { mac, id, token } = await subscribe('/rotate');
    const rotated = await register.post(`/subscriptions/${id}/secrets`, {}, bearer(token));
    expect(rotated.body.secret).not.toBe(mac.secret);
    await register.post(`/subscriptions/${id}/ping`, {}, bearer(token));
    const [, { headers, body }] = (await got('/rotate', 2)) as [any, any];
    for (const secret of [mac.secret, rotated.body.secret])
      new Webhook(secret).verify(body, headers);
    expect(headers['webhook-signature'].split(' ').length).toBe(2);
  });

  it('is sent everything again from a position or a date, under the same ids', async () => {
    const { id, token } = await subscribe('/replay', {
      participants: ['VNM', 'BRA'],
      kinds: ['ratification'],
    });
    const { body: vietnam } = await ratify('VNM');
    await ratify('BRA');
    await got('/replay', 3);
    const [, first, second] = receiver.idsAt('/replay');
    const again = (from: string) =>
      register.post(`/subscriptions/${id}/replay`, { from }, bearer(token));
    expect((await again(vietnam.position)).status).toBe(200);
    await got('/replay', 4);
    expect((await again(new Date().toISOString().slice(0, 10))).status).toBe(200);
    await got('/replay', 6);
    expect(receiver.idsAt('/replay').slice(1)).toStrictEqual([
      first,
      second,
      second,
      first,
      second,
    ]);
    expect((await again('yesterday')).body.detail).toBe(
      'from: write a ledger position (digits) or a date (YYYY-MM-DD).',
    );
  });

  it('is not sent anything but one challenge until its owner gives that back', async () => {
    receiver.behave(ok, '/stranger');
    const { body } = await register.post('/subscriptions', {
      channel: 'webhook',
      target: `${receiver.address}/stranger`,
    });
    expect(body.state).toBe('pending');
    await ratify('ESP');
    const replay = await register.post(
      `/subscriptions/${body.id}/replay`,
      { from: '0' },
      bearer(body.token),
    );
    const ping = await register.post(`/subscriptions/${body.id}/ping`, {}, bearer(body.token));
    expect([replay.status, ping.status]).toStrictEqual([409, 409]);
    expect(about('/stranger').length).toBe(1);
    for (let n = 0; n < 2; n += 1)
      await register.post('/subscriptions', {
        channel: 'webhook',
        target: `${receiver.address}/stranger`,
      });
    const fourth = await register.post('/subscriptions', {
      channel: 'webhook',
      target: `${receiver.address}/stranger`,
    });
    expect([fourth.status, fourth.body.code]).toStrictEqual([429, 'too-many']);
    receiver.behave(willing, '/stranger');
    const verified = await register.post(
      `/subscriptions/${body.id}/verification`,
      {},
      bearer(body.token),
    );
    expect(verified.body.next).toMatch(/^The webhook is verified/);
  });
});

it('is not called again and again for a stranger, who may begin anew each time', async () => {
  receiver.behave((_request, response) => void response.writeHead(404).end(), '/called');
  const target = `${receiver.address.replace('127.0.0.1', 'localhost')}/called`;
  const ask = () => register.post('/subscriptions', { channel: 'webhook', target });
  for (let n = 0; n < 70; n += 1) {
    const { status, body } = await ask();
    expect([n, status]).toStrictEqual([n, 201]);
    if (n === 69) expect(body.next).toContain('asked 60 times in an hour');
    const headers = bearer(body.token);
    await fetch(`${register.address}/subscriptions/${body.id}`, { method: 'DELETE', headers });
  }
  expect(about('/called').length).toBe(60);
});

describe('a subscription', () => {
  it('is opened by its token only', async () => {
    const { id, token } = await subscribe('/mine');
    const other = await subscribe('/other');
    for (const wrong of [{}, bearer('x'), bearer(other.token)])
      expect((await register.get(`/subscriptions/${id}`, wrong)).status).toBe(404);
    expect((await register.get(`/subscriptions/${id}?token=${token}`)).status).toBe(200);
  });

  it('names what does not fit, by field', async () => {
    const asked = { channel: 'webhook', target: `${receiver.address}/bad` };
    const fields = async (more: object) =>
      (await register.post('/subscriptions', { ...asked, ...more })).body.field;
    expect(await fields({ treaties: ['XXX-99'] })).toBe('treaties');
    expect(await fields({ participants: ['QQQ'] })).toBe('participants');
    expect(await fields({ topics: [] })).toBe('topics');
    expect(await fields({ rhythm: 'daily' })).toBe('rhythm');
    expect(await fields({ target: 'ftp://127.0.0.1/x' })).toBe('target');
    expect(await fields({ target: 'https://10.0.0.7/x' })).toBe('target');
    expect(await fields({ colour: 'blue' })).toBe('colour');
    const mail = await register.post('/subscriptions', {
      channel: 'mail',
      target: 'a@example.org',
    });
    expect([mail.status, mail.body.code]).toStrictEqual([422, 'not-offered']);
    expect(mail.body.detail).toMatch(/^Subscriptions by mail are not offered here/);
  });

  it('names everything that does not fit together', async () => {
    const { status, body } = await register.post('/subscriptions', {
      channel: 'webhook',
      target: 'https://10.0.0.7/x',
      rhythm: 'daily',
      treaties: ['XXX-99'],
    });
    expect([status, body.field]).toStrictEqual([422, 'rhythm']);
    expect(body.errors.map(({ field }: any) => field)).toStrictEqual([
      'rhythm',
      'target',
      'treaties',
    ]);
  });

  it('is made by a form of a program as before, with the usual topics', async () => {
    const form = {
      'Content-Type': 'application/x-www-form-urlencoded',
      Accept: 'application/json',
    };
    const fields = { channel: 'webhook', target: `${receiver.address}/form`, treaties: 'XVIII-16' };
    const body = new URLSearchParams({ ...fields, counts: '30, 39 40' }).toString();
    const made = await register.postUnsigned('/subscriptions', body, form);
    expect([made.status, made.body.state]).toStrictEqual([201, 'active']);
    const mine = await register.get(`/subscriptions/${made.body.id}`, bearer(made.body.token));
    expect(mine.body.filter).toStrictEqual({
      treaties: ['XVIII-16'],
      participants: [],
      kinds: [],
      topics: ['actions', 'notifications'],
      counts: [30, 39, 40],
      inForceInDays: [],
      signatureClosesInDays: [],
    });
  });

  it('goes on nowhere once its receiver said that it is gone, and not from beyond the ledger', async () => {
    const { id, token } = await subscribe('/gone', { participants: ['ZAF'] });
    const at = `/subscriptions/${id}`;
    const beyond = await register.post(`${at}/replay`, { from: '99999999' }, bearer(token));
    const ahead = await register.post(`${at}/replay`, { from: '9999-01-01' }, bearer(token));
    expect([beyond.status, beyond.body.field, ahead.status]).toStrictEqual([422, 'from', 422]);
    receiver.behave((_request, response) => void response.writeHead(410).end(), '/gone');
    await ratify('ZAF');
    const state = async () => (await register.get(at, bearer(token))).body.state;
    while ((await state()) !== 'stopped') await new Promise((resolve) => setTimeout(resolve, 20));
    for (const what of ['pause', 'resumption', 'ping', 'replay']) {
      const answer = await register.post(`${at}/${what}`, { from: '0' }, bearer(token));
      expect([what, answer.status, answer.body.code]).toStrictEqual([what, 409, 'conflict']);
    }
    expect(await state()).toBe('stopped');
  });

  it('leaves nothing behind when it is erased', async () => {
    const { id, token } = await subscribe('/erase');
    await ratify('PRT');
    await got('/erase', 2);
    const kept = (): string[] =>
      readdirSync(register.folder).filter(
        (name) =>
          name.startsWith('notifier.sqlite') &&
          readFileSync(join(register.folder, name)).includes(id),
      );
    expect(kept().length).toBeGreaterThan(0);
    const { status } = await fetch(`${register.address}/subscriptions/${id}`, {
      method: 'DELETE',
      headers: bearer(token),
    });
    expect(status).toBe(204);
    expect(kept()).toStrictEqual([]);
  });
});

describe('staff', () => {
  it('see lag and failures, and send again; health and metrics tell of the notifier', async () => {
    const { id } = await subscribe('/failing', { participants: ['GRC'] });
    receiver.behave((_request, response) => void response.writeHead(500).end(), '/failing');
    await ratify('GRC');
    await got('/failing', 2);
    const attention = async () =>
      (await register.getAs('administrator', '/depositary/deliveries')).body.attention.find(
        (one: any) => one.id === id,
      );
    while ((await attention()) === undefined)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await attention()).toMatchObject({ state: 'active', attempts: 1 });
    receiver.behave(willing, '/failing');
    const again = await register.post(`/depositary/deliveries/${id}/resend`, {});
    expect(again.status).toBe(202);
    await got('/failing', 3);
    const metrics = await register.getAs('administrator', '/metrics');
    expect(metrics.body).toMatch(
      /treaty_ledger_deliveries_total\{channel="webhook",outcome="failed"\} 1/,
    );
    expect(metrics.body).toMatch(
      /treaty_ledger_subscribers\{channel="webhook",state="active"\} \d+/,
    );
    expect((await register.get('/health')).body.notifier).toMatchObject({
      reader: 'live',
      error: null,
    });
    for (const path of ['/metrics', '/depositary/deliveries', `/depositary/deliveries/${id}`]) {
      const nobody = await register.get(path);
      const recorder = await register.getAs('recorder', path);
      expect([path, nobody.status, recorder.status]).toStrictEqual([path, 401, 403]);
    }
  });
});
