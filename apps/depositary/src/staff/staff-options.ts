/** What signing in needs to know from the configuration. */
export interface SignInSettings {
  /** The provider, as its discovery document names it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim that carries roles; dots go into objects: `realm_access.roles`. */
  readonly rolesClaim: string;
  /** What access tokens of machines are made for. Never the client's id: an ID token is made for that. */
  readonly audience: string;
  /** The `typ` of access tokens: `at+jwt` (RFC 9068), or `JWT` for a provider that has only that. */
  readonly tokenType: string;
  /** What is asked for when an officer signs in. */
  readonly scope: string;
}

/** How the staff side is reached, and with what it signs people in. Complete once the register listens. */
export abstract class StaffOptions {
  /** Origin at which browsers reach the register: what cookies, callbacks and same-origin checks go by. */
  abstract readonly origin: string;
  abstract readonly signIn: SignInSettings;
  /** With the development provider everybody knows the passwords, so only this machine is answered. */
  abstract readonly thisMachineOnly: boolean;
  abstract now(): Date;
}
