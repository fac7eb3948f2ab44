import { domainOf } from '../subscribers/subscriptions.ts';

/** What could end a command to a mail server, list a second address, or be read as another one than it is. */
const local = String.raw`[^\s\p{C}@<>,;:"()[\]\\]{1,64}`;
/** Names of hosts end in a word: what ends in digits is an address of the net, such as 127.0.0.1. */
const domain = String.raw`(?=.{4,255}$)([a-z0-9-]+\.)+[a-z][a-z0-9-]*`;
const address = new RegExp(`^${local}@${domain}$`, 'iu');

/** A mail address as somebody wrote it, and its domain; null where it is none that can be written to. */
export function mailAddressIn(
  text: string,
): { readonly target: string; readonly host: string } | null {
  const typed = text.trim();
  if (!address.test(typed)) return null;
  const host = domainOf(typed).toLowerCase();
  return { target: `${typed.slice(0, -host.length)}${host}`, host };
}
