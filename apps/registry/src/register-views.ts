import { Inject, Injectable, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '#http';
import { Ledger, ViewRunner } from '#ledger';
import {
  actionsView,
  notificationsView,
  participantsView,
  registerViews,
  treatiesView,
  type ViewStates,
} from '#views';
import { LiveEvents } from './events/live-events.ts';

export interface RegisterViewsOptions {
  /** Where the folded views are kept between starts; left out: every start reads the whole ledger. */
  readonly snapshotFile?: string;
}

export const REGISTER_VIEWS_OPTIONS = Symbol('REGISTER_VIEWS_OPTIONS');

/** How long a read waits for a position that the views have not reached, in milliseconds. */
const longestWait = 2000;

/** The public views, followed from the ledger for as long as the process lives. */
@Injectable()
export class RegisterViews implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly runner: ViewRunner;

  constructor(
    ledger: Ledger,
    live: LiveEvents,
    @Inject(REGISTER_VIEWS_OPTIONS) options: RegisterViewsOptions,
  ) {
    this.runner = new ViewRunner(ledger, registerViews, {
      ...options,
      onApplied: (event, before) => live.publish(event, before),
    });
  }

  onApplicationBootstrap(): void {
    this.runner.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runner.stop();
  }

  /** Settles when the views have caught up with the ledger for the first time. */
  get ready(): Promise<void> {
    return this.runner.ready;
  }

  /** Position of the last event applied, or null before the first. */
  get position(): string | null {
    return this.runner.position;
  }

  health(): ReturnType<ViewRunner['health']> {
    return this.runner.health();
  }

  waitFor(position: string): Promise<boolean> {
    return this.runner.waitFor(position, longestWait);
  }

  /**
   * What the queries read. Waits, bounded, until the views hold `atLeast`; a view that stopped on an event
   * that it can't apply answers nothing rather than something old without saying so.
   */
  async states(atLeast: string | undefined): Promise<ViewStates> {
    const { state, error } = this.runner.health();
    if (state === 'stopped')
      throw new Problem(
        'starting-up',
        `The views stopped: ${error ?? 'the register is closing'}. The log says more; nothing in the ledger is lost.`,
      );
    if (state === 'starting' || state === 'catching-up')
      throw new Problem(
        'starting-up',
        'The register is still reading the ledger; ask again in a moment.',
        {
          detailFr:
            'Le registre est encore en train de lire les faits inscrits ; recommencez dans un instant.',
          headers: { 'Retry-After': '1' },
        },
      );
    if (atLeast !== undefined && !(await this.runner.waitFor(atLeast, longestWait)))
      throw new Problem(
        'not-yet-there',
        `The views have not reached position ${atLeast} yet; ask again in a moment.`,
        {
          headers: { 'Retry-After': '1' },
        },
      );
    return {
      treaties: this.runner.stateOf(treatiesView),
      actions: this.runner.stateOf(actionsView),
      participants: this.runner.stateOf(participantsView),
      notifications: this.runner.stateOf(notificationsView),
    };
  }
}
