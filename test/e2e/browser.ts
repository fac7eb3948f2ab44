import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';

const chromiumPath = '/usr/bin/chromium';

/** Whether this machine has the browser that pages are looked at with; `.ci/run` installs it. */
export const hasBrowser = existsSync(chromiumPath);
if (!hasBrowser)
  console.warn(
    `Pages are not looked at: there is no ${chromiumPath}. Install it (apt-get install chromium).`,
  );

/** A real browser that talks to nobody but the register. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe has against a page by the rules of WCAG 2.2 AA and its own best practices: `rule: element`. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
       .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
         nodes.slice(0, 3).map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ' ' + failureSummary)))`,
  );
  return found as string[];
}

/** What a page did that it must not: requests to elsewhere, refusals of the policy, errors. */
export class Misdeeds {
  readonly seen: string[] = [];

  constructor(page: Page, origin: string) {
    page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`)) this.seen.push(`request: ${request.url()}`);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.seen.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.seen.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      this.seen.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }
}
