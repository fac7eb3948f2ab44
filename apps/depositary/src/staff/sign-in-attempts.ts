import { hashOf } from './secrets.ts';
import type { StaffDatabase } from './staff-database.ts';

/** How long an officer may take at the provider. */
export const signInMinutes = 10;

export interface SignInAttempt {
  readonly state: string;
  /** The cookie of the browser that began: the answer must come from the same one. */
  readonly browser: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
}

/** Sign-ins that were begun and are not done: each answer of the provider must belong to one, once. */
export class SignInAttempts {
  constructor(
    private readonly database: StaffDatabase,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async begin({ state, browser, nonce, codeVerifier, returnTo }: SignInAttempt): Promise<void> {
    const at = this.now();
    await this.database.kysely
      .deleteFrom('staff_sign_ins')
      .where('expires_at', '<=', at.toISOString())
      .execute();
    await this.database.kysely
      .insertInto('staff_sign_ins')
      .values({
        state_hash: hashOf(state),
        browser_hash: hashOf(browser),
        nonce,
        code_verifier: codeVerifier,
        return_to: returnTo,
        expires_at: new Date(at.getTime() + signInMinutes * 60_000).toISOString(),
      })
      .execute();
  }

  /**
   * Takes an attempt out: whoever comes second with the same state finds none. One statement, so that two
   * requests at once cannot both have it.
   */
  async take(state: string, browser: string): Promise<SignInAttempt | null> {
    const row = await this.database.kysely
      .deleteFrom('staff_sign_ins')
      .where('state_hash', '=', hashOf(state))
      .where('browser_hash', '=', hashOf(browser))
      .returningAll()
      .executeTakeFirst();
    if (row === undefined || row.expires_at <= this.now().toISOString()) return null;
    return {
      state,
      browser,
      nonce: row.nonce,
      codeVerifier: row.code_verifier,
      returnTo: row.return_to,
    };
  }

  /** Notes the id of a message that may be used once; false when it had been used. */
  async useOnce(id: string, until: Date): Promise<boolean> {
    await this.database.kysely
      .deleteFrom('staff_used_ids')
      .where('expires_at', '<=', this.now().toISOString())
      .execute();
    const added = await this.database.kysely
      .insertInto('staff_used_ids')
      .values({ id_hash: hashOf(id), expires_at: until.toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id_hash')
      .executeTakeFirst();
    return added !== undefined;
  }
}
