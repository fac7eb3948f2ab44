import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { ViewStates } from '#views';
import { RegisterViews } from '../register-views.ts';

/** A representation that is no JSON answer: a feed, a calendar. Made only when nobody has it ready. */
export interface Document {
  /** Names the representation with everything it was made from. */
  readonly key: string;
  readonly contentType: string;
  readonly body: () => string;
}

/** A question to the views that is answered by a document; null: there is nothing at the address. */
export class DocumentQuery extends Query<Document | null> {
  constructor(
    readonly atLeast: string | undefined,
    readonly document: (states: ViewStates) => Document | null | Promise<Document | null>,
  ) {
    super();
  }
}

/** Waits for the views where the question asks for a position, then makes the document from them. */
@QueryHandler(DocumentQuery)
export class DocumentQueryHandler implements IQueryHandler<DocumentQuery> {
  constructor(private readonly views: RegisterViews) {}

  async execute({ atLeast, document }: DocumentQuery): Promise<Document | null> {
    return document(await this.views.states(atLeast));
  }
}
