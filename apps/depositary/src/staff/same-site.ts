import type { FastifyRequest } from 'fastify';
import { Problem } from '#http';
import { FORM_TOKEN_FIELD, FORM_TOKEN_HEADER } from './officer.ts';
import { formTokenOf, sameSecret } from './secrets.ts';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** Whether a request may change something. */
export const isUnsafe = (method: string): boolean => !safeMethods.includes(method);

/**
 * Makes sure that a request which a browser sends with an officer's cookie comes from a page of this register:
 * the browser says from where (Origin, Sec-Fetch-Site), and the page proves it with the session's form token.
 * The token is taken out of the body (of a form with files: out of the query).
 * @throws Problem `cross-site-request`
 */
export function fromOwnPage(request: FastifyRequest, origin: string, sessionId: string): void {
  sentBySameOrigin(request, origin);
  const given = request.headers[FORM_TOKEN_HEADER] ?? taken(request.body) ?? tokenOfUpload(request);
  if (typeof given === 'string' && sameSecret(given, formTokenOf(sessionId))) return;
  throw new Problem(
    'cross-site-request',
    'The form does not carry the token of your session; open the page again and send the form from there. Nothing was changed.',
    {
      field: FORM_TOKEN_FIELD,
      detailFr:
        'Le formulaire ne porte pas le jeton de votre session ; ouvrez de nouveau la page et envoyez-le depuis elle. Rien n’a été modifié.',
    },
  );
}

/**
 * What the browser says about where the request comes from. Browsers of the last years send at least one of
 * the two headers with every form and every script's request, so a request with neither is refused.
 * @throws Problem `cross-site-request`
 */
export function sentBySameOrigin({ headers }: FastifyRequest, origin: string): void {
  const site = headers['sec-fetch-site'];
  const fits =
    (headers.origin === undefined || headers.origin === origin) &&
    (site === undefined || site === 'same-origin') &&
    (headers.origin !== undefined || site !== undefined);
  if (fits) return;
  throw new Problem(
    'cross-site-request',
    `The request was not sent by a page of ${origin}; open that page and send it from there. A program sends an access token and no cookie. Nothing was changed.`,
    {
      detailFr: `La requête n’a pas été envoyée par une page de ${origin} ; ouvrez cette page et envoyez-la depuis elle. Un programme envoie un jeton d’accès et aucun cookie. Rien n’a été modifié.`,
    },
  );
}

/** A form with files is read as it arrives, after the guard, so its token stands in the form's address. */
function tokenOfUpload({ headers, query }: FastifyRequest): unknown {
  const isUpload = (headers['content-type'] ?? '').startsWith('multipart/form-data');
  return isUpload ? taken(query) : undefined;
}

/** The token out of a body or query, which then holds only what is the route's business. */
function taken(fields: unknown): unknown {
  if (typeof fields !== 'object' || fields === null || !Object.hasOwn(fields, FORM_TOKEN_FIELD))
    return undefined;
  const own = fields as Record<string, unknown>;
  const given = own[FORM_TOKEN_FIELD];
  delete own[FORM_TOKEN_FIELD];
  return given;
}
