import type { IncomingMessage, ServerResponse } from 'node:http';
import type { VNode } from 'preact';
import type { Configuration as ProviderConfiguration, Provider } from 'oidc-provider';
import { pagePolicy, renderDocument, type Language } from '#pages';
import { ChoosePersonPage, EndSessionPage } from './choose-person.page.tsx';
import { MemoryAdapter } from './memory-adapter.ts';
import {
  developmentMachines,
  developmentPeople,
  developmentProviderPath,
  developmentSecret,
  registerClientId,
} from './people.ts';
import type { ProviderSecrets } from './provider-secrets.ts';

/** Seconds that a token of a machine works. */
const tokenSeconds = 3600;

/** The people of the development provider claim the language of the visitor's browser. */
const languageOfRequest = (request: IncomingMessage): Language =>
  /^\s*fr/i.test(request.headers['accept-language'] ?? '') ? 'fr' : 'en';

/** The library of the provider, loaded only where one is started: no production process has it in memory. */
export type ProviderLibrary = typeof Provider;

/** Loads the library. It warns of every Node that is not called LTS yet, at each start; that is not passed on. */
export async function loadProviderLibrary(): Promise<ProviderLibrary> {
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('Unsupported runtime')) warn(...words);
  };
  try {
    return (await import('oidc-provider')).Provider;
  } finally {
    console.warn = warn;
  }
}

/** An OpenID provider with ready people and machines, for trying the register on one machine. */
export class DevelopmentProvider {
  private readonly provider: Provider;
  private readonly handle: (request: IncomingMessage, response: ServerResponse) => unknown;

  /** @param origin where the register listens */
  constructor(
    library: ProviderLibrary,
    origin: string,
    audience: string,
    secrets: ProviderSecrets,
  ) {
    this.provider = new library(
      origin + developmentProviderPath,
      settings(origin, audience, secrets),
    );
    this.handle = this.provider.callback();
  }

  /** Answers a request under the provider's path. */
  async answer(
    request: IncomingMessage & { originalUrl?: string },
    response: ServerResponse,
  ): Promise<void> {
    const url = request.url ?? '';
    const inside = url.slice(developmentProviderPath.length);
    response.setHeader('Cache-Control', 'no-store');
    if (inside.startsWith('/choose/')) return this.choose(url, request, response);
    // What a program mounted under a path looks at to know the path.
    request.originalUrl = url;
    request.url = inside === '' || inside.startsWith('?') ? `/${inside}` : inside;
    await this.handle(request, response);
  }

  private async choose(
    url: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    try {
      await this.provider.interactionDetails(request, response);
    } catch {
      const gone = 'This sign-in is over; begin again at /sign-in.';
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end(gone);
      return;
    }
    const form = request.method === 'POST' ? await formOf(request) : null;
    const person = developmentPeople.find(({ subject }) => subject === form?.get('person'));
    if (person === undefined) {
      const language = languageOfRequest(request);
      return sendHtml(response, ChoosePersonPage({ language, address: url }));
    }
    const login = { accountId: person.subject };
    await this.provider.interactionFinished(request, response, { login });
  }
}

function sendHtml(response: ServerResponse, page: VNode): void {
  response
    .writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': pagePolicy,
      'X-Content-Type-Options': 'nosniff',
    })
    .end(renderDocument(page));
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += String(part);
    if (text.length > 4096) break;
  }
  return new URLSearchParams(text);
}

function settings(
  origin: string,
  audience: string,
  secrets: ProviderSecrets,
): ProviderConfiguration {
  return {
    adapter: MemoryAdapter,
    clients: [registerClient(origin, secrets.clientSecret), ...machineClients],
    jwks: { keys: [secrets.key] },
    cookies: { keys: [secrets.cookieKey] },
    findAccount: (_context, subject) => {
      const person = developmentPeople.find((one) => one.subject === subject);
      if (person === undefined) return undefined;
      const { name, roles } = person;
      return { accountId: subject, claims: () => ({ sub: subject, name, roles }) };
    },
    claims: { openid: ['sub', 'roles'], profile: ['name'] },
    conformIdTokenClaims: false,
    extraTokenClaims: (_context, token) => {
      const machine = developmentMachines.find(({ id }) => id === token.clientId);
      return machine === undefined ? undefined : { roles: machine.roles };
    },
    pkce: { required: () => true },
    interactions: {
      url: (_context, { uid }) => `${developmentProviderPath}/choose/${uid}`,
    },
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      // Nobody is asked for consent: the register is the provider's own program.
      const grant = new provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
    features: features(audience),
    ttl: {
      AccessToken: tokenSeconds,
      AuthorizationCode: 60,
      ClientCredentials: tokenSeconds,
      Grant: 8 * 3600,
      IdToken: 3600,
      Interaction: 600,
      Session: 8 * 3600,
    },
    renderError: (context, { error, error_description: description }) => {
      context.type = 'text/plain; charset=utf-8';
      context.body = `The development provider refuses: ${error}${description === undefined ? '' : ` (${description})`}.\n`;
    },
  };
}

const registerClient = (origin: string, secret: string) => ({
  client_id: registerClientId,
  client_secret: secret,
  client_name: 'The Treaty Ledger',
  redirect_uris: [`${origin}/sign-in/callback`],
  post_logout_redirect_uris: [`${origin}/`],
  response_types: ['code' as const],
  grant_types: ['authorization_code'],
  id_token_signed_response_alg: 'ES256' as const,
});

const machineClients = developmentMachines.map(({ id }) => ({
  client_id: id,
  client_secret: developmentSecret,
  redirect_uris: [],
  response_types: [],
  grant_types: ['client_credentials'],
  id_token_signed_response_alg: 'ES256' as const,
}));

const features = (audience: string): NonNullable<ProviderConfiguration['features']> => ({
  devInteractions: { enabled: false },
  clientCredentials: { enabled: true },
  resourceIndicators: {
    enabled: true,
    // Only a machine's token is for the register's API; an officer's browser has a session instead.
    defaultResource: (context) =>
      context.oidc.params?.['grant_type'] === 'client_credentials' ? audience : [],
    getResourceServerInfo: () => ({
      scope: '',
      audience,
      accessTokenFormat: 'jwt',
      accessTokenTTL: tokenSeconds,
      jwt: { sign: { alg: 'ES256' } },
    }),
  },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: (context, form) => {
      const read = (pattern: RegExp): string => pattern.exec(form)?.[1] ?? '';
      const page = EndSessionPage({
        language: languageOfRequest(context.req),
        address: read(/action="([^"]*)"/),
        xsrf: read(/value="([^"]*)"/),
      });
      context.set('Content-Security-Policy', pagePolicy);
      context.type = 'text/html; charset=utf-8';
      context.body = renderDocument(page);
    },
    postLogoutSuccessSource: (context) => {
      context.type = 'text/plain; charset=utf-8';
      context.body = 'You are signed out.\n';
    },
  },
});
