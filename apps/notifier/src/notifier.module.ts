import { DynamicModule, Module, type Abstract, type Type } from '@nestjs/common';
import { AssetsController } from '#pages';
import { NotifierClock } from './clock.ts';
import { ContactLinksController } from './contacts/contact-links.controller.tsx';
import { NotifierRuntime } from './notifier-runtime.ts';
import { NOTIFIER_SETTINGS, type NotifierSettings } from './notifier-settings.ts';
import { DeliveriesController } from './operations/deliveries.controller.tsx';
import { MetricsController } from './operations/metrics.controller.ts';
import { NotifierHealthController } from './operations/notifier-health.controller.ts';
import { MailLinksController } from './subscriptions/mail-links.controller.ts';
import { Subscribing } from './subscriptions/subscribing.ts';
import { ContactController } from './subscriptions/contact.controller.ts';
import { SubscriptionDoings } from './subscriptions/subscription-doings.ts';
import { SubscriptionPages } from './subscriptions/subscription-pages.tsx';
import { SubscriptionController } from './subscriptions/subscription.controller.ts';
import { SubscriptionsController } from './subscriptions/subscriptions.controller.ts';

export interface NotifierOptions {
  readonly ledger: DynamicModule;
  readonly settings: NotifierSettings;
  readonly clock: NotifierClock;
  /** Alone in its process it answers `/health` and the styles of its pages itself. */
  readonly alone?: boolean;
  /** Modules that the guard of the staff routes needs. */
  readonly imports?: readonly (DynamicModule | Type)[];
}

/** Subscribers and deliveries: subscribing without an account, webhooks, mail, and what staff see of it. */
@Module({})
export class NotifierModule {
  static forRoot({
    ledger,
    settings,
    clock,
    alone = false,
    imports = [],
  }: NotifierOptions): DynamicModule {
    return {
      module: NotifierModule,
      imports: [ledger, ...imports],
      controllers: [
        SubscriptionsController,
        MailLinksController,
        SubscriptionController,
        ContactController,
        ContactLinksController,
        DeliveriesController,
        MetricsController,
        ...(alone ? [NotifierHealthController, AssetsController] : []),
      ],
      providers: [
        NotifierRuntime,
        Subscribing,
        SubscriptionPages,
        SubscriptionDoings,
        { provide: NotifierClock as Abstract<NotifierClock>, useValue: clock },
        { provide: NOTIFIER_SETTINGS, useValue: settings },
      ],
      exports: [NotifierRuntime],
    };
  }
}
