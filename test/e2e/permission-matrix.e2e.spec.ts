import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isPermitted, permissions, roles, type Permission, type Role } from '#depositary';
import type { RegisterRoute } from '../../apps/standalone/src/register-routes.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
beforeAll(() => register.start());
afterAll(() => register.remove());

const routes = (): readonly RegisterRoute[] => register.application?.routes ?? [];
const staffRoutes = (): RegisterRoute[] => routes().filter(({ guarded }) => guarded);

/** What anybody may send to: the ways in and out, and subscriptions. They make sure of the sender themselves. */
const publicWrites = [
  'POST /sign-out',
  'POST /sign-in/back-channel-logout',
  'POST /subscriptions',
  'DELETE /subscriptions/:subscription',
  'DELETE /subscriptions/:subscription/contact',
  ...[
    'confirmation',
    'unsubscription',
    'erasure',
    'pause',
    'resumption',
    'verification',
    'ping',
    'secrets',
    'replay',
    'contact',
    'contact/confirmation',
    'contact/erasure',
    'contact/resumption',
    'contact/unsubscription',
  ].map((what) => `POST /subscriptions/:subscription/${what}`),
];
/** OPTIONS tells what there is and changes nothing: browsers ask it before they ask another origin. */
const isRead = ({ method }: RegisterRoute): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method);

/** An address of a route, with something in place of its parameters. */
const addressOf = ({ url }: RegisterRoute): string =>
  url.replaceAll(/:[A-Za-z]+(\([^)]*\))?/g, 'x').replaceAll('*', 'x');

/** Status and code that a route answers, without waiting for a body that may never end. */
async function ask(
  route: RegisterRoute,
  headers: Record<string, string>,
): Promise<{ status: number; code: string | null }> {
  const stop = new AbortController();
  const response = await fetch(register.address + addressOf(route), {
    method: route.method,
    headers: {
      Accept: 'application/json',
      ...headers,
      ...(!isRead(route) && { 'Content-Type': 'application/json' }),
    },
    ...(!isRead(route) && { body: '{}' }),
    redirect: 'manual',
    signal: stop.signal,
  });
  const problem = (response.headers.get('content-type') ?? '').includes('problem+json');
  const text = problem ? await response.text() : '';
  stop.abort();
  // HEAD has no body, and no code in it.
  const code = text === '' ? null : (JSON.parse(text) as { code: string }).code;
  return { status: response.status, code };
}

const isRefused = ({ status, code }: { status: number; code: string | null }): boolean =>
  status === 401 || (status === 403 && (code === null || code === 'not-permitted'));

describe('every route of the register', () => {
  it('is known: those of the public, those of the staff', () => {
    expect(routes().length).toBeGreaterThan(50);
    expect(staffRoutes().length).toBeGreaterThan(15);
  });

  it('is guarded where it is under /depositary or changes anything', () => {
    const open = routes().filter(({ guarded }) => !guarded);
    const wrong = open.filter(
      (route) =>
        route.url.startsWith('/depositary') ||
        (!isRead(route) && !publicWrites.includes(`${route.method} ${route.url}`)),
    );
    expect(wrong).toStrictEqual([]);
  });

  it('says what it needs where it is guarded', () => {
    expect(staffRoutes().filter(({ needed }) => needed === null)).toStrictEqual([]);
    const known = Object.keys(permissions);
    expect(staffRoutes().filter(({ needed }) => !known.includes(needed ?? ''))).toStrictEqual([]);
  });
});

describe('the permission table', () => {
  // Written out a second time, so that a role does not get a permission by a slip of one line.
  const expected: Record<Permission, Record<Role, boolean>> = {
    'record-directly': { recorder: false, approver: false, administrator: true },
    'keep-register': { recorder: false, approver: false, administrator: true },
    'read-cases': { recorder: true, approver: true, administrator: true },
    'prepare-cases': { recorder: true, approver: false, administrator: false },
    'approve-cases': { recorder: false, approver: true, administrator: false },
    'issue-notifications': { recorder: false, approver: true, administrator: false },
    reconcile: { recorder: true, approver: true, administrator: true },
    'tend-deliveries': { recorder: false, approver: false, administrator: true },
    'read-audit-trail': { recorder: false, approver: false, administrator: true },
  };

  it('is as it was agreed, cell by cell', () => {
    const actual = Object.fromEntries(
      (Object.keys(permissions) as Permission[]).map((permission) => [
        permission,
        Object.fromEntries(roles.map((role) => [role, isPermitted([role], permission)])),
      ]),
    );
    expect(actual).toStrictEqual(expected);
  });
});

describe('every staff route, by every role', () => {
  it('answers nobody who is not signed in', async () => {
    const answers: string[] = [];
    for (const route of staffRoutes()) {
      const { status } = await ask(route, {});
      if (status !== 401) answers.push(`${route.method} ${route.url}: ${status}`);
    }
    expect(answers).toStrictEqual([]);
  });

  it('answers no session that does not exist', async () => {
    const answers: string[] = [];
    for (const route of staffRoutes()) {
      const { status } = await ask(route, { Cookie: `session=${'A'.repeat(43)}` });
      if (status !== 401) answers.push(`${route.method} ${route.url}: ${status}`);
    }
    expect(answers).toStrictEqual([]);
  });

  it.each(roles)('%s: what the table permits, and nothing else', async (role) => {
    const headers = await register.signedIn(role);
    const wrong: string[] = [];
    for (const route of staffRoutes()) {
      const permitted = route.needed !== null && isPermitted([role], route.needed);
      const answer = await ask(route, headers);
      if (isRefused(answer) === permitted || answer.status >= 500)
        wrong.push(`${route.method} ${route.url}: ${answer.status} ${answer.code ?? ''}`);
    }
    expect(wrong).toStrictEqual([]);
  });
});
