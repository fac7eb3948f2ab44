import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '#http';
import { languageOf, sendPage, wantsPage } from '#pages';
import { UnknownSubscription } from './refusals.ts';
import { UnknownPage } from './result-page.tsx';

/** Tells a person in their language that a link opens nothing, and what may have become of it. */
@Catch(UnknownSubscription)
export class UnknownSubscriptionFilter implements ExceptionFilter<UnknownSubscription> {
  catch(problem: UnknownSubscription, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    if (!wantsPage(request)) return sendProblem(problem, request, reply);
    const language = languageOf(request);
    sendPage(
      reply,
      UnknownPage({ language, address: '/subscriptions', what: problem.what }),
      problem.details.status,
    );
  }
}
