import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { pagePolicy, renderDocument } from './render.ts';

/** Sends a page made for one visitor: nobody keeps a copy of it. Public pages go through `sendConditional`. */
export function sendPage(reply: FastifyReply, page: VNode, status = 200): void {
  void reply
    .status(status)
    .headers({ 'Content-Security-Policy': pagePolicy, 'Cache-Control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(renderDocument(page));
}
