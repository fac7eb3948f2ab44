import type { Role } from '#depositary';

/** Where the development provider is, under the register's own address. */
export const developmentProviderPath = '/development-provider';
/** The register as the provider's client. */
export const registerClientId = 'register';

/** What everybody may know: the development provider answers this machine only. */
export const developmentSecret = 'development';

export interface DevelopmentPerson {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Whom one may be when trying the register. The last one shows that two roles do not make two pairs of eyes. */
export const developmentPeople: readonly DevelopmentPerson[] = [
  { subject: 'development-recorder', name: 'Ready Recorder', roles: ['recorder'] },
  { subject: 'development-approver', name: 'Ready Approver', roles: ['approver'] },
  { subject: 'development-administrator', name: 'Ready Administrator', roles: ['administrator'] },
  {
    subject: 'development-recorder-approver',
    name: 'Ready Recorder and Approver',
    roles: ['recorder', 'approver'],
  },
];

/** Programs with the same roles, by client credentials: the id is the name, the secret is the one above. */
export const developmentMachines: readonly { readonly id: string; readonly roles: Role[] }[] = [
  { id: 'recorder', roles: ['recorder'] },
  { id: 'approver', roles: ['approver'] },
  { id: 'administrator', roles: ['administrator'] },
  { id: 'recorder-approver', roles: ['recorder', 'approver'] },
];
