import type { FastifyInstance } from 'fastify';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Problem } from './problem.ts';

interface FormConfig {
  readonly takesForms?: boolean;
}

/** The route takes a form of a page (`application/x-www-form-urlencoded`) as its body. Others answer 415. */
export const TakesForms = (): MethodDecorator =>
  RouteConfig({ takesForms: true } satisfies FormConfig);

/** Reads forms for the routes that take them: a name given twice becomes a list. */
export function readForms(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, body, done) => {
      if ((request.routeOptions.config as FormConfig).takesForms !== true)
        return done(
          new Problem(
            'unsupported-media-type',
            'Send the body as "Content-Type: application/json"; this address takes no forms.',
          ),
        );
      return done(null, formFields(String(body)));
    },
  );
}

/** The fields of a form. `__proto__` is a name like any other, since entries define and never assign. */
function formFields(body: string): Record<string, string | string[]> {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name): [string, string | string[]] => {
      const [first = '', ...others] = form.getAll(name);
      return [name, others.length === 0 ? first : [first, ...others]];
    }),
  );
}
