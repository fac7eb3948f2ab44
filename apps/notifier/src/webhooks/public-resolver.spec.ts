import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { publicResolver } from './public-resolver.ts';
import { TargetGuard, publicTargets } from './target-guard.ts';

/** Addresses of names, by type of the question: 1 asks for IPv4, 28 for IPv6. A name not listed gets no answer. */
const zone: Readonly<Record<string, Readonly<Record<number, Buffer>>>> = {
  'both.example': {
    1: Buffer.from([203, 0, 114, 7]),
    28: Buffer.from(`2606${'0'.repeat(27)}1`, 'hex'),
  },
  'inside.example': {
    1: Buffer.from([10, 0, 0, 1]),
    28: Buffer.from(`2606${'0'.repeat(27)}1`, 'hex'),
  },
  'only4.example': { 1: Buffer.from([203, 0, 114, 7]) },
  'none.example': {},
};

let server: Socket;
let asked: (name: string) => Promise<readonly string[]>;

/** The name in a question, and where the question ends. */
function questionIn(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

beforeAll(async () => {
  server = createSocket('udp4');
  server.on('message', (query, { port, address }) => {
    const { name, type, end } = questionIn(query);
    const known = zone[name];
    if (known === undefined) return;
    const data = known[type];
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(data === undefined ? 0 : 1, 6);
    header.fill(0, 8);
    const answer = Buffer.alloc(data === undefined ? 0 : 12);
    if (data !== undefined) {
      answer.writeUInt16BE(0xc00c, 0);
      answer.writeUInt16BE(type, 2);
      answer.writeUInt16BE(1, 4);
      answer.writeUInt16BE(data.length, 10);
    }
    const whole = Buffer.concat([header, query.subarray(12, end), answer, data ?? Buffer.alloc(0)]);
    server.send(whole, port, address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  asked = publicResolver([`127.0.0.1:${server.address().port}`]);
});
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

it('finds all addresses of a name, those of IPv4 first, and says where there is none', async () => {
  expect(await asked('both.example')).toStrictEqual(['203.0.114.7', '2606::1']);
  expect(await asked('only4.example')).toStrictEqual(['203.0.114.7']);
  await expect(asked('none.example')).rejects.toThrow('The name has no address.');
  const guard = new TargetGuard(publicTargets, asked);
  await expect(guard.addressesOf('inside.example')).rejects.toThrow(/not on the public internet/);
});

it('lets nobody wait for names that nobody answers for', async () => {
  let unanswered = 0;
  const silent = Array.from({ length: 40 }, (_, n) =>
    asked(`silent${n}.example`).catch(() => void (unanswered += 1)),
  );
  expect(await asked('both.example')).toStrictEqual(['203.0.114.7', '2606::1']);
  expect(unanswered).toBe(0);
  await Promise.all(silent);
  expect(unanswered).toBe(40);
});
