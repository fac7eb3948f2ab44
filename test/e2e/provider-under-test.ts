import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exportJWK, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';

export const clientId = 'the-register';
export const clientSecret = 'secret of the register';
export const audience = 'https://register.example';

type Claims = Readonly<Record<string, unknown>>;

/** An OpenID provider that a test holds in its hands: it says, and signs, whatever the test wants. */
export class ProviderUnderTest {
  readonly key = generateKeyPairSync('rsa', { modulusLength: 2048 });
  /** Claims of the next ID token, over the right ones. */
  idClaims: Claims = {};
  /** Parameters added to the next answer, over the right ones. */
  answer: Readonly<Record<string, string>> = {};
  /** What /userinfo tells. */
  userInfo: Claims = {};
  readonly issuedIdTokens: string[] = [];
  readonly tokenRequests: URLSearchParams[] = [];
  private readonly codes = new Map<string, { nonce: string; challenge: string }>();
  private server: Server | null = null;
  private port = 0;

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    await new Promise<void>((done) => this.server?.listen(this.port, '127.0.0.1', done));
    const bound = this.server.address();
    this.port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  }

  async stop(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    if (server?.listening === true) await new Promise((done) => server.close(done));
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get settings(): Record<string, string> {
    return {
      OIDC_ISSUER: this.issuer,
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
      OIDC_AUDIENCE: audience,
    };
  }

  /** An access token as it should be, but for what is given. A claim that is undefined is left out. */
  accessToken(
    claims: Claims = {},
    header: Claims = {},
    key: KeyObject | Uint8Array = this.key.privateKey,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const all = {
      iss: this.issuer,
      aud: audience,
      sub: 'a-machine',
      client_id: 'a-machine',
      roles: ['administrator'],
      iat: now,
      exp: now + 300,
      ...claims,
    };
    return this.signed(all, { alg: 'RS256', kid: 'one', typ: 'at+jwt', ...header }, key);
  }

  /** A token that says that a session of the provider is over. */
  logoutToken(claims: Claims = {}, header: Claims = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const all = {
      iss: this.issuer,
      aud: clientId,
      iat: now,
      exp: now + 60,
      jti: randomUUID(),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      ...claims,
    };
    return this.signed(
      all,
      { alg: 'RS256', kid: 'one', typ: 'logout+jwt', ...header },
      this.key.privateKey,
    );
  }

  private signed(
    claims: Claims,
    header: JWTHeaderParameters,
    key: KeyObject | Uint8Array,
  ): Promise<string> {
    const payload = Object.fromEntries(
      Object.entries(claims).filter(([, value]) => value !== undefined),
    ) as JWTPayload;
    return new SignJWT(payload).setProtectedHeader(header).sign(key);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.issuer);
    const json = (body: unknown, status = 200): void => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    };
    if (url.pathname === '/.well-known/openid-configuration') json(this.discovery());
    else if (url.pathname === '/jwks') {
      const jwk = await exportJWK(this.key.publicKey);
      json({ keys: [{ ...jwk, kid: 'one', alg: 'RS256', use: 'sig' }] });
    } else if (url.pathname === '/authorize') this.authorize(url, response);
    else if (url.pathname === '/token') await this.token(request, json);
    else if (url.pathname === '/userinfo') json({ sub: 'a-person', ...this.userInfo });
    else json({ error: 'not_found' }, 404);
  }

  private discovery(): object {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      end_session_endpoint: `${issuer}/end-session`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  /** Lets everybody in at once. */
  private authorize(url: URL, response: ServerResponse): void {
    const asked = (name: string): string => url.searchParams.get(name) ?? '';
    const code = randomUUID();
    this.codes.set(code, { nonce: asked('nonce'), challenge: asked('code_challenge') });
    const back = new URL(asked('redirect_uri'));
    const answer = { code, state: asked('state'), iss: this.issuer, ...this.answer };
    for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
    response.writeHead(302, { Location: back.href }).end();
  }

  private async token(
    request: IncomingMessage,
    json: (body: unknown, status?: number) => void,
  ): Promise<void> {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += String(part);
    const form = new URLSearchParams(body);
    this.tokenRequests.push(form);
    const code = form.get('code') ?? '';
    const issued = this.codes.get(code);
    this.codes.delete(code);
    const digest = await crypto.subtle.digest(
      'SHA-256',
      new TextEncoder().encode(form.get('code_verifier') ?? ''),
    );
    // A code works once, and only for whoever holds the verifier of its challenge.
    if (issued === undefined || Buffer.from(digest).toString('base64url') !== issued.challenge)
      return json({ error: 'invalid_grant' }, 400);
    const now = Math.floor(Date.now() / 1000);
    const idToken = await this.signed(
      {
        iss: this.issuer,
        aud: clientId,
        sub: 'a-person',
        name: 'A Person',
        roles: ['recorder'],
        sid: 'session-1',
        nonce: issued.nonce,
        iat: now,
        exp: now + 300,
        ...this.idClaims,
      },
      { alg: 'RS256', kid: 'one' },
      this.key.privateKey,
    );
    this.issuedIdTokens.push(idToken);
    return json({ access_token: 'opaque', token_type: 'Bearer', id_token: idToken });
  }
}
