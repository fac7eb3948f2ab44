import type { PageContext } from '../queries/answer.ts';

/** Parameters that a visitor carries along: the language chosen, and the moment that is read. */
const carried = ['lang', 'asOf', 'asKnownAt'] as const;

/** Pages of which there is only one, whatever the moment that is read. */
const atNoMoment = /^\/(#.*)?$|^\/(search|subscriptions|final-clauses|problems|notifications\/)/;

/** An address with parameters; those that are null are left out. */
export type Link = (path: string, parameters?: Readonly<Record<string, string | null>>) => string;

/** The page's own address, taken apart. */
export const urlOf = ({ address }: PageContext): URL => new URL(address, 'http://register.invalid');

/**
 * Makes links from a page: they keep its language and its moment, so that who reads the register as it stood
 * in 2015 goes on reading it as it stood in 2015.
 */
export function linkerOf(context: PageContext): Link {
  const here = urlOf(context).searchParams;
  return (path, parameters = {}) => {
    const query = new URLSearchParams();
    for (const name of atNoMoment.test(path) ? (['lang'] as const) : carried) {
      const value = here.get(name);
      if (value !== null && !(name in parameters)) query.set(name, value);
    }
    for (const [name, value] of Object.entries(parameters))
      if (value !== null) query.set(name, value);
    const [place = '', fragment] = path.split('#');
    const asked = query.size === 0 ? '' : `?${query.toString()}`;
    return `${place}${asked}${fragment === undefined ? '' : `#${fragment}`}`;
  };
}

/** Address of a treaty or of a part of it. */
export const treatyPath = (treaty: string, part?: string): string =>
  `/treaties/${encodeURIComponent(treaty)}${part === undefined ? '' : `/${part}`}`;

/** Address of an action, which never changes. */
export const actionPath = (action: string): string => `/actions/${encodeURIComponent(action)}`;

/** Address of a participant. */
export const participantPath = (code: string): string =>
  `/participants/${encodeURIComponent(code)}`;

/** Address of a depositary notification. */
export const notificationPath = (number: string): string =>
  `/notifications/${encodeURIComponent(number)}`;
