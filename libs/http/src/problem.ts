import { HttpException } from '@nestjs/common';

/** One fault in the request: which field, and one sentence that says what is wrong and what to do. */
export interface FieldFault {
  readonly field: string;
  readonly detail: string;
}

/** Problem details (RFC 9457). `type` is an address at which the register explains the code. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Stable, kebab-case: what a program branches on. */
  readonly code: string;
  readonly field?: string;
  readonly article?: string;
  readonly errors?: readonly object[];
  readonly [extension: string]: unknown;
}

/** Title and HTTP status of every code that the HTTP surfaces answer by themselves. */
export const problemCatalogue = {
  'invalid-request': { status: 400, title: 'The request is not well formed' },
  'invalid-json': { status: 400, title: 'The body is not JSON' },
  'invalid-parameter': { status: 400, title: 'A parameter of the address is not valid' },
  'invalid-header': { status: 400, title: 'A header of the request is not valid' },
  'sign-in-needed': { status: 401, title: 'This address is for officers who are signed in' },
  'token-refused': { status: 401, title: 'The access token is not accepted' },
  'not-allowed-from-here': { status: 403, title: 'This address answers on this machine only' },
  'not-permitted': { status: 403, title: 'Your roles do not permit this' },
  'cross-site-request': {
    status: 403,
    title: 'The request did not come from a page of the register',
  },
  'sign-in-refused': { status: 403, title: 'Signing in was refused' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  conflict: { status: 409, title: 'The record changed at the same moment' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has a content type that is not read' },
  'not-acceptable': { status: 406, title: 'No representation matches the Accept header' },
  'invalid-fields': { status: 422, title: 'Fields of the body are not valid' },
  'refused-by-rule': { status: 422, title: 'The rules refuse this record' },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key belongs to another command',
  },
  'too-many-requests': { status: 429, title: 'More was asked than this register answers' },
  'too-many-listeners': { status: 503, title: 'The stream takes no more listeners' },
  'not-yet-there': { status: 503, title: 'The position asked for is not reached yet' },
  'too-many': { status: 429, title: 'Too many requests of this kind' },
  'not-offered': { status: 422, title: 'This register does not offer that' },
  'mail-not-sent': { status: 502, title: 'The message could not be sent' },
  'ledger-unavailable': { status: 503, title: 'The ledger cannot be reached' },
  'sign-in-unavailable': { status: 503, title: 'The sign-in provider cannot be reached' },
  'starting-up': { status: 503, title: 'The register is still loading' },
  internal: { status: 500, title: 'The register failed' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problemCatalogue;

export interface ProblemExtras {
  readonly field?: string | undefined;
  readonly article?: string | undefined;
  readonly errors?: readonly object[] | undefined;
  /** The detail in French, for a page; programs get the English one whatever they ask for. */
  readonly detailFr?: string | undefined;
  /** Overrides `code` where a refusal has a finer one than the catalogue's entry. */
  readonly refusal?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Thrown by controllers and pipes; the filter turns it into `application/problem+json`. */
export class Problem extends HttpException {
  readonly details: ProblemDetails;
  /** The catalogue's entry, whatever finer code a refusal has. */
  readonly entry: ProblemCode;
  /** Null: only a page's general words for the entry are in French. */
  readonly detailFr: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    const { status, title } = problemCatalogue[code];
    super(detail, status);
    const shown = extras.refusal ?? code;
    this.entry = code;
    this.detailFr = extras.detailFr ?? null;
    this.headers = extras.headers ?? {};
    this.details = {
      type: `/problems/${shown}`,
      title,
      status,
      detail,
      code: shown,
      ...(extras.field !== undefined && { field: extras.field }),
      ...(extras.article !== undefined && { article: extras.article }),
      ...(extras.errors !== undefined && { errors: extras.errors }),
    };
  }
}

/** Thrown where the answer is elsewhere: the client goes on, with GET, to an address of the register. */
export class SeeOther extends HttpException {
  readonly location: string;

  constructor(location: string) {
    super('See other', 303);
    this.location = location;
  }
}
