import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { entityTag, sendConditional } from '#http';
import { answerSchemas } from '#registry';

/** Publishes the OpenAPI 3.1 document, made from the controllers, at `/openapi.json`. */
export function publishOpenApi(app: INestApplication): void {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('The Treaty Ledger')
      .setDescription(
        'The register of a treaty depositary. Public resources need no key and carry strong ETags; staff routes (depositary) are for officers: a session by OpenID Connect in a browser, an access token of the provider for a program. Every error is problem details (RFC 9457).',
      )
      .setVersion('1')
      .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'accessToken')
      .setOpenAPIVersion('3.1.0')
      .build(),
  );
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...answerSchemas },
  };
  const body = JSON.stringify(document);
  const representation = { body, tag: entityTag(body) };
  (app as NestFastifyApplication)
    .getHttpAdapter()
    .getInstance()
    .get('/openapi.json', (request, reply) => sendConditional(request, reply, representation));
}
