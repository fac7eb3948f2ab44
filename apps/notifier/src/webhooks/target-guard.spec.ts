import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { startReceiver } from '../../test/receiver.ts';
import { mayConnectTo, publicTargets, TargetGuard } from './target-guard.ts';
import { WebhookClient } from './webhook-client.ts';

const development = { ports: [], allowLoopback: true };

describe('addresses', () => {
  test.each([
    '127.0.0.1 127.8.9.1 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 169.254.0.1',
    '100.64.0.1 100.100.100.200 168.63.129.16 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9',
    '224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 127.1 0x7f.0.0.1 2130706433 017700000001 10.1',
    ':: ::1 fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1',
    '64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001:0:7f00:1:: 2001:db8::1 100::1 ::127.0.0.1 4000::1 nonsense',
  ])('that are not on the public internet are refused: %s', (addresses) => {
    const allowed = addresses.split(' ').filter((address) => mayConnectTo(address, publicTargets));
    expect(allowed).toStrictEqual([]);
  });

  it('on the public internet are taken', () => {
    const found = ['8.8.8.8', '193.134.242.1', '2001:4860:4860::8888', '2a00:1450:400a::1'];
    expect(found.filter((address) => mayConnectTo(address, publicTargets))).toStrictEqual(found);
  });
});

describe('what is subscribed', () => {
  const guard = new TargetGuard(publicTargets, () => Promise.resolve(['8.8.8.8']));
  const refused = (address: string): string => {
    try {
      return `taken: ${guard.read(address).href}`;
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each([
    ['http://example.org/', /must begin with https/],
    ['file:///etc/passwd', /must begin with https/],
    ['https://user:secret@example.org/', /no user name or password/],
    ['https://example.org:22/', /the ports 443 and 8443 only/],
    ['https://127.0.0.1/', /not on the public internet/],
    ['https://2130706433/', /not on the public internet/],
    ['https://0x7f.1/', /not on the public internet/],
    ['https://[::ffff:10.0.0.1]/', /not on the public internet/],
    ['https://[fd00::1]:8443/', /not on the public internet/],
    ['nonsense', /must be a whole URL/],
  ])('%s is refused', (address, sentence) => expect(refused(address)).toMatch(sentence));

  it('is taken when it is public, without its fragment', () => {
    expect(refused('https://example.org:8443/hook?a=1#x')).toBe(
      'taken: https://example.org:8443/hook?a=1',
    );
  });

  it('is refused when one of several addresses is private', async () => {
    const mixed = new TargetGuard(publicTargets, () => Promise.resolve(['8.8.8.8', '10.0.0.1']));
    await expect(mixed.addressesOf('mixed.example')).rejects.toThrow(/not on the public internet/);
  });
});

describe('a delivery', () => {
  it('goes to the address that was checked, and nowhere when the name then points inside', async () => {
    const receiver = await startReceiver();
    const { port } = new URL(receiver.address);
    let asked = 0;
    // Rebinding: allowed the first time it is asked, this machine ever after.
    const guard = new TargetGuard({ ...publicTargets, ports: [Number(port)] }, () => {
      asked += 1;
      return Promise.resolve(asked === 1 ? ['8.8.8.8'] : ['127.0.0.1']);
    });
    expect(await guard.addressesOf('rebinding.example')).toStrictEqual(['8.8.8.8']);
    const client = new WebhookClient(guard);
    const url = new URL(`https://rebinding.example:${port}/hook`);
    expect(await client.post(url, '{}', {})).toStrictEqual({
      status: null,
      detail:
        'The webhook’s host is not on the public internet: private, local and reserved addresses are not called.',
    });
    expect([asked, receiver.received.length]).toStrictEqual([2, 0]);
    await client.close();
    await receiver.close();
  });

  it('asks the resolver once for a connection, and connects to what it said', async () => {
    const receiver = await startReceiver();
    let asked = 0;
    const guard = new TargetGuard(development, () => {
      asked += 1;
      return Promise.resolve([asked === 1 ? '127.0.0.1' : '127.0.0.2']);
    });
    const client = new WebhookClient(guard);
    const { port } = new URL(receiver.address);
    const url = new URL(`http://name.that.no.resolver.knows.example:${port}/hook`);
    expect(await client.post(url, '{}', {})).toMatchObject({ status: 204 });
    expect(asked).toBe(1);
    await client.close();
    await receiver.close();
  });

  it('that answers with more than is read is no delivery', async () => {
    const receiver = await startReceiver();
    receiver.behave((_request, response) => void response.end('x'.repeat(100_000)));
    const client = new WebhookClient(new TargetGuard(development));
    expect(await client.post(new URL(receiver.address), '{}', {})).toStrictEqual({
      status: null,
      detail: 'The receiver’s answer was too long.',
    });
    await client.close();
    await receiver.close();
  });
});

describe('TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-tls-'));
  const guard = new TargetGuard(development, () => Promise.resolve(['127.0.0.1']));
  let port = 0;
  let server: ReturnType<typeof createServer>;
  const names: unknown[] = [];

  beforeAll(async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const made =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=hooks.example -addext subjectAltName=DNS:hooks.example -addext basicConstraints=critical,CA:TRUE';
    execFileSync('openssl', [...made.split(' '), '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    server = createServer(
      { key: readFileSync(key), cert: readFileSync(cert) },
      (request, response) => {
        names.push((request.socket as unknown as { servername: unknown }).servername);
        request.resume().on('end', () => response.writeHead(204).end());
      },
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  const post = async (host: string, ca?: string) => {
    const client = new WebhookClient(guard, undefined, ca === undefined ? {} : { ca });
    const answer = await client.post(new URL(`https://${host}:${port}/`), '{}', {});
    await client.close();
    return answer;
  };

  it('is verified for the name, which the receiver is told', async () => {
    const ca = readFileSync(join(folder, 'cert.pem'), 'utf8');
    expect(await post('hooks.example', ca)).toMatchObject({ status: 204 });
    expect(names).toStrictEqual(['hooks.example']);
    expect(await post('other.example', ca)).toStrictEqual({
      status: null,
      detail: 'The receiver’s certificate was not accepted (ERR_TLS_CERT_ALTNAME_INVALID).',
    });
    expect(await post('hooks.example')).toMatchObject({
      status: null,
      detail: expect.stringMatching(/certificate was not accepted/),
    });
    expect(names.length).toBe(1);
  });
});
