/** Programs that the development provider knows, by the roles they have. */
export type Machine = 'recorder' | 'approver' | 'administrator' | 'recorder-approver';

/** An access token of the development provider of a register, by client credentials. */
export async function tokenFrom(
  address: string,
  machine: Machine = 'administrator',
): Promise<string> {
  const response = await fetch(`${address}/development-provider/token`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${Buffer.from(`${machine}:development`).toString('base64')}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const answer = (await response.json()) as { access_token?: string };
  if (answer.access_token === undefined)
    throw new Error(`The provider gave no token: ${JSON.stringify(answer)}`);
  return answer.access_token;
}
