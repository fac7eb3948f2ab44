import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** One method of one address, as the HTTP server itself knows it. */
export interface ServedRoute {
  readonly method: string;
  /** With its parameters: `/treaties/:treaty/status`. */
  readonly url: string;
}

const served = new WeakMap<object, ServedRoute[]>();

/** Notes every route from now on. Called before any is registered, so that none can be left out. */
export function noteRoutes(app: INestApplication): void {
  const fastify = (app as NestFastifyApplication).getHttpAdapter().getInstance();
  const routes: ServedRoute[] = [];
  served.set(app, routes);
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
}

/** Every route that the application answers, in the order in which they were registered. */
export function routesOf(app: INestApplication): readonly ServedRoute[] {
  const routes = served.get(app);
  if (routes === undefined) throw new Error('Routes of this application were not noted.');
  return routes;
}
