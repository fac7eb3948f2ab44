import { IQueryHandler, Query, QueryHandler, type IQuery } from '@nestjs/cqrs';
import type { Type } from '@nestjs/common';
import type { ViewStates } from '#views';
import { RegisterViews } from '../register-views.ts';
import type { Answer } from './answer.ts';

/** A question to the views: pure, given their states. `atLeast` is the ledger position it must reflect. */
export class RegisterQuery extends Query<Answer | null> {
  constructor(
    readonly atLeast: string | undefined,
    readonly answer: (states: ViewStates) => Answer | null,
  ) {
    super();
  }
}

/** Waits for the views where the question asks for a position, then answers from them. */
@QueryHandler(RegisterQuery)
export class RegisterQueryHandler implements IQueryHandler<RegisterQuery> {
  constructor(private readonly views: RegisterViews) {}

  async execute({ atLeast, answer }: RegisterQuery): Promise<Answer | null> {
    return answer(await this.views.states(atLeast));
  }
}

export const queryHandlers: readonly Type<IQueryHandler<IQuery>>[] = [RegisterQueryHandler];
