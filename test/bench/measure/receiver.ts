import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A process of its own that receives webhooks: counts them, notes when the first and the last came, and answers
 * those at /slow after ten seconds. `GET /` tells; `DELETE /` begins anew.
 */
let count = 0;
let first = 0;
let last = 0;
const paths = new Set<string>();

const server = createServer((request, response) => {
  if (request.method === 'GET')
    return response.end(JSON.stringify({ count, distinct: paths.size, first, last }));
  if (request.method === 'DELETE') {
    count = 0;
    paths.clear();
    return response.end();
  }
  request.resume();
  request.on('end', () => {
    const path = request.url ?? '';
    if (path === '/slow') return void setTimeout(() => response.end(), 10_000);
    last = performance.now();
    if (count === 0) first = last;
    count += 1;
    paths.add(path);
    return void response.writeHead(204).end();
  });
  return undefined;
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`),
);
