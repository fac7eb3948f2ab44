import { Injectable, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { changedDocuments, noProgress, type SearchKind, type ViewStates } from '#views';
import { inTurns } from '../feeds/in-turns.ts';
import { RegisterViews } from '../register-views.ts';
import { WordIndex, type Found } from './word-index.ts';

/**
 * The full-text index of this process. It is made from the views, in the background once they are ready, and
 * follows them whenever somebody asks; it holds no facts and is never on disk.
 */
@Injectable()
export class SearchIndex implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly words = new WordIndex();
  private readonly progress = noProgress();
  private following: Promise<void> | null = null;
  private stopped = false;

  constructor(private readonly views: RegisterViews) {}

  onApplicationBootstrap(): void {
    // A start that fails is told by the views themselves; whoever asks then gets their problem.
    void this.views.ready.then(() => this.upToDate(undefined)).catch(() => undefined);
  }

  onApplicationShutdown(): void {
    this.stopped = true;
  }

  /** Settles when everything up to the position, or all that the views hold, can be found. */
  async upToDate(atLeast: string | undefined): Promise<void> {
    const states = await this.views.states(atLeast);
    this.following ??= this.follow(states).finally(() => {
      this.following = null;
    });
    await this.following;
  }

  /** What fits a question, the best first. Takes in first what the views have since been told. */
  find(states: ViewStates, question: string, kinds: readonly SearchKind[]): Found[] {
    for (const document of changedDocuments(states, this.progress)) this.words.put(document);
    return this.words.find(question, kinds);
  }

  private follow(states: ViewStates): Promise<void> {
    return inTurns(this.takingIn(states));
  }

  private *takingIn(states: ViewStates): Generator<undefined> {
    for (const document of changedDocuments(states, this.progress)) {
      if (this.stopped) return;
      this.words.put(document);
      yield;
    }
  }
}
