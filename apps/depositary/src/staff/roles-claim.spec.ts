import { describe, expect, it } from '@jest/globals';
import { rolesOfClaim } from './roles-claim.ts';

describe('roles of a claim', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string, string[] | null]>([
    ['a list', { roles: ['recorder', 'approver'] }, 'roles', ['recorder', 'approver']],
    [
      'words of one text',
      { roles: 'recorder administrator' },
      'roles',
      ['recorder', 'administrator'],
    ],
    [
      'within an object',
      { realm_access: { roles: ['approver'] } },
      'realm_access.roles',
      ['approver'],
    ],
    [
      'a name with dots of its own',
      { 'https://a.example/r': ['approver'] },
      'https://a.example/r',
      ['approver'],
    ],
    ['named twice', { roles: ['recorder', 'recorder'] }, 'roles', ['recorder']],
    ['unknown ones left out', { roles: ['root', 7, null, 'Recorder'] }, 'roles', []],
    ['an object', { roles: { recorder: true } }, 'roles', []],
    ['not there', { sub: 'x' }, 'roles', null],
    ['a name that every object has', {}, 'constructor', null],
    ['within something that is no object', { a: 'recorder' }, 'a.length', null],
  ])('%s', (_what, claims, claim, roles) => {
    expect(rolesOfClaim(claims, claim)).toStrictEqual(roles);
  });
});
