import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/**
 * What a page may load and do: its own styles and modules, its own forms, nothing from elsewhere, nothing
 * inline. Sent with every page.
 */
export const pagePolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A whole HTML document. Every text and attribute is escaped by the renderer. */
export function renderDocument(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}
