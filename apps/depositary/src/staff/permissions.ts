/** What an officer may be. One person may hold several roles, and still never approve what they recorded. */
export const roles = ['recorder', 'approver', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** Whether a word, from a claim or a table, is a role. */
export const isRole = (word: unknown): word is Role => roles.some((role) => role === word);

/**
 * Who may do what, as data: the only place that says so. A staff route names the permission that it needs,
 * and a test walks every route and every cell of this table.
 */
export const permissions = {
  /** Records in the ledger at once, without a case and a second pair of eyes: imports and machines. */
  'record-directly': ['administrator'],
  /** Registers treaties, participants, final clauses and figures. */
  'keep-register': ['administrator'],
  /** Sees cases, worklists and drafts of notifications. */
  'read-cases': ['recorder', 'approver', 'administrator'],
  /** Opens cases, fills them in, uploads documents, submits them for approval. */
  'prepare-cases': ['recorder'],
  /** Approves a case that somebody else prepared, or sends it back. */
  'approve-cases': ['approver'],
  /** Edits and issues depositary notifications. */
  'issue-notifications': ['approver'],
  /** Compares the ledger with tables from elsewhere. */
  reconcile: ['recorder', 'approver', 'administrator'],
  /** Sees deliveries to subscribers, and sends one again. */
  'tend-deliveries': ['administrator'],
  /** Reads and exports the trail of sign-ins and refusals. */
  'read-audit-trail': ['administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof permissions;

/** Whether one of the roles carries a permission. */
export function isPermitted(held: readonly Role[], permission: Permission): boolean {
  const needed: readonly Role[] = permissions[permission];
  return held.some((role) => needed.includes(role));
}

/** The roles that carry a permission. */
export const rolesWith = (permission: Permission): readonly Role[] => permissions[permission];
