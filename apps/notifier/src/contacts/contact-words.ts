import type { InEveryLanguage } from '#pages';

export interface ContactWords {
  readonly register: string;
  readonly confirmSubject: string;
  readonly asked: string;
  readonly confirm: string;
  readonly ignore: string;
  readonly subject: Readonly<Record<'failing' | 'paused' | 'stopped', string>>;
  readonly failing: (host: string, since: string, until: string) => string;
  readonly paused: (host: string, since: string) => string;
  /** `since` is null where the attempt is on record no more. */
  readonly stopped: (host: string, since: string | null) => string;
  readonly active: (host: string) => string;
  readonly pausedByOwner: (host: string) => string;
  readonly pending: (host: string) => string;
  readonly lastFailure: (at: string, failure: string) => string;
  readonly toldUpTo: (position: string, recorded: string | null) => string;
  readonly kept: string;
  readonly host: string;
  readonly subscription: string;
  readonly look: string;
  readonly lookAndResume: string;
  readonly why: string;
  readonly unsubscribe: string;
  /** Titles and answers of the pages that the links open. */
  readonly title: string;
  readonly resume: string;
  readonly resumed: string;
  /** Why a contact cannot resume. */
  readonly notResumed: string;
  readonly confirmAbout: (host: string) => string;
  readonly confirmed: string;
  readonly unsubscribeAbout: (host: string) => string;
  readonly unsubscribed: string;
  readonly colon: string;
}

/** Words of what contacts of webhooks get and see. */
export const contactWords: InEveryLanguage<ContactWords> = {
  en: {
    register: 'The Treaty Ledger',
    confirmSubject: 'Confirm that you are the contact of a webhook',
    asked:
      'Somebody, we hope you or a colleague, named this address as the contact of a webhook to which the register of treaties delivers. A contact is told when deliveries to the webhook fail, and nothing else.',
    confirm: 'Confirm, or look at which webhook it is first',
    ignore:
      'If you know nothing of it, do nothing: you will get nothing more, and the request is erased in three days.',
    subject: {
      failing: 'deliveries to your webhook have failed for a day',
      paused: 'deliveries to your webhook are paused',
      stopped: 'deliveries to your webhook have ended',
    },
    failing: (host, since, until) =>
      `Deliveries to the webhook at ${host} have failed since ${since}. They are tried again until ${until}; then the webhook is paused.`,
    paused: (host, since) =>
      `Deliveries to the webhook at ${host} are paused, because they failed for three days: since ${since}.`,
    stopped: (host, since) =>
      `Deliveries to the webhook at ${host} have ended: ${since === null ? '' : `on ${since}, `}it answered 410, which says that it is gone. If it is not, subscribe it anew.`,
    active: (host) => `Deliveries to the webhook at ${host} go out; the last one did not fail.`,
    pausedByOwner: (host) =>
      `Deliveries to the webhook at ${host} are paused by who owns the subscription.`,
    pending: (host) => `The webhook at ${host} was not verified by who owns it yet.`,
    lastFailure: (at, failure) => `Last failure, ${at}: ${failure}`,
    toldUpTo: (position, recorded) =>
      recorded === null
        ? 'It was told nothing yet.'
        : `It was told what concerns it up to position ${position} of the ledger, recorded ${recorded}.`,
    kept: 'Nothing that came after is lost: it is told in order when deliveries go on.',
    host: 'Webhook at',
    subscription: 'Subscription',
    look: 'Look at the webhook',
    lookAndResume: 'Look at the webhook, and resume deliveries',
    why: 'You get this because you confirmed that you are the contact of this webhook.',
    unsubscribe: 'No more of these messages',
    title: 'Your webhook',
    resume: 'Resume deliveries',
    resumed: 'Deliveries go on where they stopped.',
    notResumed:
      'The contact resumes a webhook that was paused because it failed; this one was paused by who owns it, or is gone.',
    confirmAbout: (host) =>
      `You will be told by mail when deliveries to the webhook at ${host} fail for a day, are paused or have ended.`,
    confirmed: 'You are the contact of this webhook now, and are told when deliveries to it fail.',
    unsubscribeAbout: (host) =>
      `You will be told nothing more of the webhook at ${host}, and your address is erased. Deliveries to the webhook go on.`,
    unsubscribed: 'You are told nothing more of this webhook, and your address is erased.',
    colon: ':',
  },
  fr: {
    register: 'Le registre des traités',
    confirmSubject: 'Confirmez que vous êtes le contact d’un webhook',
    asked:
      'Quelqu’un, vous ou un collègue sans doute, a donné cette adresse comme contact d’un webhook auquel le registre des traités envoie des avis. Un contact est averti quand les envois au webhook échouent, et de rien d’autre.',
    confirm: 'Confirmer, ou voir d’abord de quel webhook il s’agit',
    ignore:
      'Si vous n’en savez rien, ne faites rien : vous ne recevrez rien d’autre et la demande sera effacée dans trois jours.',
    subject: {
      failing: 'les envois à votre webhook échouent depuis un jour',
      paused: 'les envois à votre webhook sont suspendus',
      stopped: 'les envois à votre webhook ont pris fin',
    },
    failing: (host, since, until) =>
      `Les envois au webhook de ${host} échouent depuis le ${since}. De nouvelles tentatives ont lieu jusqu’au ${until} ; ensuite le webhook est suspendu.`,
    paused: (host, since) =>
      `Les envois au webhook de ${host} sont suspendus, parce qu’ils ont échoué pendant trois jours, depuis le ${since}.`,
    stopped: (host, since) =>
      `Les envois au webhook de ${host} ont pris fin : ${since === null ? '' : `le ${since}, `}il a répondu 410, ce qui signifie qu’il n’existe plus. S’il existe encore, abonnez-le de nouveau.`,
    active: (host) => `Les envois au webhook de ${host} ont lieu ; le dernier n’a pas échoué.`,
    pausedByOwner: (host) =>
      `Les envois au webhook de ${host} sont suspendus par le titulaire de l’abonnement.`,
    pending: (host) => `Le webhook de ${host} n’a pas encore été vérifié par son titulaire.`,
    lastFailure: (at, failure) => `Dernier échec, le ${at} : ${failure}`,
    toldUpTo: (position, recorded) =>
      recorded === null
        ? 'Il n’a encore rien reçu.'
        : `Il a reçu ce qui le concerne jusqu’à la position ${position} du registre, inscrite le ${recorded}.`,
    kept: 'Rien de ce qui a suivi n’est perdu : tout sera envoyé dans l’ordre à la reprise des envois.',
    host: 'Webhook de',
    subscription: 'Abonnement',
    look: 'Voir le webhook',
    lookAndResume: 'Voir le webhook et reprendre les envois',
    why: 'Vous recevez ce message parce que vous avez confirmé être le contact de ce webhook.',
    unsubscribe: 'Ne plus recevoir ces messages',
    title: 'Votre webhook',
    resume: 'Reprendre les envois',
    resumed: 'Les envois reprennent là où ils s’étaient arrêtés.',
    notResumed:
      'Le contact reprend un webhook suspendu parce qu’il échouait ; celui-ci a été suspendu par son titulaire, ou n’existe plus.',
    confirmAbout: (host) =>
      `Vous serez averti par courriel quand les envois au webhook de ${host} échouent depuis un jour, sont suspendus ou ont pris fin.`,
    confirmed:
      'Vous êtes désormais le contact de ce webhook, et serez averti quand les envois échouent.',
    unsubscribeAbout: (host) =>
      `Vous ne serez plus averti de rien au sujet du webhook de ${host}, et votre adresse sera effacée. Les envois au webhook continuent.`,
    unsubscribed: 'Vous ne serez plus averti au sujet de ce webhook, et votre adresse est effacée.',
    colon: ' :',
  },
};
