import type { FastifyRequest } from 'fastify';

/**
 * Whether a client wants the page for people: it names text/html, and wants it no less than JSON. A program
 * that sends no Accept, or accepts anything, gets JSON.
 */
export function wantsPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const accept = (headers.accept ?? '').slice(0, 1000).toLowerCase();
  const weightOf = (type: string): number | null => {
    const found = accept.split(',').find((part) => part.split(';')[0]?.trim() === type);
    if (found === undefined) return null;
    const weight = /;\s*q=([0-9.]+)/.exec(found)?.[1];
    return weight === undefined ? 1 : Number(weight);
  };
  const html = weightOf('text/html') ?? weightOf('application/xhtml+xml') ?? 0;
  return html > 0 && html >= (weightOf('application/json') ?? 0);
}
