import { RequestMethod, type INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { NEEDED_PERMISSION, StaffGuard, type Permission } from '#depositary';
import { routesOf, type ServedRoute } from '#http';

/** A route of the running register, and who may use it. */
export interface RegisterRoute extends ServedRoute {
  /** Whether a guard of the staff side stands before it. */
  readonly guarded: boolean;
  /** What an officer needs for it; null when nothing is said. */
  readonly needed: Permission | null;
}

interface Declared {
  readonly guarded: boolean;
  readonly needed: Permission | null;
}

/**
 * Every route that the HTTP server answers, each with what its controller declares. A route that no
 * controller declares is unguarded.
 */
export function registerRoutes(app: INestApplication): readonly RegisterRoute[] {
  const declared = declaredRoutes(app);
  return routesOf(app).map((route) => {
    // Fastify answers HEAD wherever there is a GET, by the same controller.
    const method = route.method === 'HEAD' ? 'GET' : route.method;
    const found = declared.get(`${method} ${route.url}`);
    return { ...route, guarded: found?.guarded ?? false, needed: found?.needed ?? null };
  });
}

function declaredRoutes(app: INestApplication): Map<string, Declared> {
  const declared = new Map<string, Declared>();
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  for (const { metatype } of controllers) {
    if (typeof metatype !== 'function') continue;
    const prototype = metatype.prototype as Readonly<Record<string, object>>;
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const handler = prototype[name];
      if (typeof handler !== 'function' || metadata('path', handler) === undefined) continue;
      const method = RequestMethod[metadata('method', handler) as RequestMethod];
      const guards = [metatype, handler].flatMap(
        (target) => (metadata('__guards__', target) as unknown[] | undefined) ?? [],
      );
      const needed = metadata(NEEDED_PERMISSION, handler) ?? metadata(NEEDED_PERMISSION, metatype);
      for (const path of paths(metatype))
        for (const ending of paths(handler))
          declared.set(`${method} ${addressOf(path, ending)}`, {
            guarded: guards.includes(StaffGuard),
            needed: (needed as Permission | undefined) ?? null,
          });
    }
  }
  return declared;
}

const metadata = (key: string, target: object): unknown => Reflect.getMetadata(key, target);

const paths = (target: object): string[] =>
  [(metadata('path', target) ?? '') as string | string[]].flat();

const addressOf = (...parts: readonly string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
