/** A browser as far as signing in goes: keeps cookies, follows redirections, sends forms. */
export interface Page {
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly text: string;
}

export class Visitor {
  /** By name, as the server set them last; flags are in `setCookies`. */
  readonly cookies = new Map<string, string>();
  /** Every Set-Cookie line seen. */
  readonly setCookies: string[] = [];

  constructor(readonly address: string) {}

  /** One request as a browser sends it, without following. */
  async send(path: string, options: RequestInit = {}): Promise<Page> {
    const url = new URL(path, this.address);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...options,
      redirect: 'manual',
      headers: {
        Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        ...(cookie !== '' && { Cookie: cookie }),
        ...(options.headers as Record<string, string> | undefined),
      },
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    const text = await response.text();
    return { status: response.status, url: url.href, headers: response.headers, text };
  }

  /** Opens an address and goes where it leads. */
  async open(path: string, options: RequestInit = {}): Promise<Page> {
    let page = await this.send(path, options);
    for (let hops = 0; hops < 12; hops += 1) {
      const location = page.headers.get('location');
      if (page.status < 300 || page.status >= 400 || location === null) return page;
      page = await this.send(new URL(location, page.url).href);
    }
    throw new Error(`Too many redirections, the last from ${page.url}.`);
  }

  /** Sends a form as the browser does from a page of the same origin. */
  postForm(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Page> {
    const origin = new URL(this.address).origin;
    return this.open(path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: origin,
        'Sec-Fetch-Site': 'same-origin',
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** Signs in as a person of the development provider; answers the page arrived at. */
  async signIn(person: string, from = '/depositary'): Promise<Page> {
    const choice = await this.open(from);
    const form = /<form method="post" action="([^"]+)"/.exec(choice.text)?.[1];
    if (form === undefined) throw new Error(`No choice of people at ${choice.url}: ${choice.text}`);
    return this.postForm(form, { person: `development-${person}` });
  }

  /** The form token in a page. */
  static formToken(page: Page): string {
    return /name="formToken" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  }

  private keep(line: string): void {
    this.setCookies.push(line);
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
