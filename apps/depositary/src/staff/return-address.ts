/** Where to go when nothing else is asked, or what is asked is not of this register. */
export const deskAddress = '/depositary';

/**
 * The address to return to after signing in: a path of this register, else the desk. Whatever a browser could
 * read as another host is refused: `//evil`, `/\evil`, `https:evil`, control characters that it would drop,
 * and escapes of all these, since somebody may decode once more.
 */
export function returnAddress(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > 1000) return deskAddress;
  // Two decodings, because an address may pass through one more redirection on its way.
  let decoded = asked;
  for (let times = 0; times < 3; times += 1) {
    if (!isOwnPath(decoded)) return deskAddress;
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      return deskAddress;
    }
  }
  const url = new URL(asked, 'http://register.invalid');
  return url.pathname.startsWith('/sign-') ? deskAddress : url.pathname + url.search;
}

function isOwnPath(address: string): boolean {
  if (!/^\/(?![/\\])[\x20-\x7e\u00a0-\uffff]*$/.test(address) || address.includes('\\'))
    return false;
  const url = URL.parse(address, 'http://register.invalid');
  return url?.origin === 'http://register.invalid' && !url.pathname.startsWith('//');
}
