/** Something a person can mend; its message is the one sentence to show them. */
export class CommandFault extends Error {
  override readonly name = 'CommandFault';
}
