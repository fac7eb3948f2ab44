import type { FastifyRequest } from 'fastify';
import { weightOfNamed } from '#http';

/**
 * Whether a client wants the page for people: it names text/html, and wants it no less than JSON. A program
 * that sends no Accept, or accepts anything, gets JSON.
 */
export function wantsPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const weightOf = (type: string): number | null => weightOfNamed(headers.accept, type);
  const html = weightOf('text/html') ?? weightOf('application/xhtml+xml') ?? 0;
  return html > 0 && html >= (weightOf('application/json') ?? 0);
}
