import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

/** Sends the bytes of a file, and nothing else, as fast as Fastify can: `node bare-fastify.ts FILE`. */
const bytes = readFileSync(process.argv[2] ?? '');
const fastify = Fastify();
fastify.get('/', (_request, reply) => reply.type('application/json; charset=utf-8').send(bytes));
process.stdout.write(`${await fastify.listen({ port: 0, host: '127.0.0.1' })}\n`);
process.on('SIGTERM', () => void fastify.close());
