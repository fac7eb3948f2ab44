import { numberInWords } from '#pages';
import type { DeliveriesWords } from './deliveries-words.en.ts';

const counted = (count: number, one: string, many: string): string =>
  `${numberInWords(count, 'fr')} ${count < 2 ? one : many}`;
const things = (count: number | null): string =>
  count === null ? 'plus de mille envois' : counted(count, 'envoi', 'envois');

const ofWhichFail = (waiting: number, failing: number): string => {
  if (failing === 0) return '';
  if (failing === waiting)
    return waiting < 2
      ? ', et sa dernière tentative a échoué'
      : ' ; pour tous, la dernière tentative a échoué';
  return ` ; pour ${numberInWords(failing, 'fr')} d’entre eux, la dernière tentative a échoué`;
};

/** What the pages about deliveries say, in French. */
export const deliveriesWords: DeliveriesWords = {
  title: 'Envois',
  upTo: (when, position) => `${when} (position ${position})`,
  atPosition: (position) => `position ${position}`,
  nobody: 'Personne ne s’est encore abonné.',
  subscribeAt: 'Personnes et programmes s’abonnent sans compte :',
  subscribePage: 'la page d’abonnement',
  everyone: (upTo) => `Tous ont été informés de tout jusqu’au ${upTo}.`,
  everyoneBut: (upTo, digests) =>
    `Tous ont été informés de tout jusqu’au ${upTo}, sauf ${counted(digests, 'récapitulatif qui part', 'récapitulatifs qui partent')} à l’heure demandée.`,
  waiting: (waiting, failing) =>
    `${counted(waiting, 'abonné doit encore être informé', 'abonnés doivent encore être informés')}${ofWhichFail(waiting, failing)}.`,
  behind: (ledger, handedOut) =>
    `Le registre est à la position ${ledger} ; ce qui a été inscrit après la position ${handedOut} n’est pas encore distribué aux abonnés.`,
  nothingRecorded: 'Rien n’est encore inscrit : il n’y a rien à envoyer.',
  pausedToo: (count) =>
    `${counted(count, 'abonné est suspendu', 'abonnés sont suspendus')} après des échecs et ne ${count < 2 ? 'reçoit' : 'reçoivent'} rien tant que personne ne répète l’envoi.`,
  late: 'Les envois sont en retard',
  lateHandingOut: (length) =>
    `La plus ancienne inscription qui n’est pas distribuée date de ${length}. Vérifiez qu’un notificateur fonctionne et lisez son journal.`,
  lateTelling: (length) =>
    `Un abonné dont les envois n’échouent pas attend depuis ${length}. Vérifiez qu’un notificateur fonctionne sans être surchargé et lisez son journal.`,
  unfit:
    'Ce processus ne peut pas lire le registre ou joindre la base de données du notificateur : ce qui suit peut être ancien. /health et le journal disent pourquoi.',
  figures: {
    waiting: 'à informer encore',
    failing: 'en échec la dernière fois',
    longest: 'plus longue attente sans échec',
    noWait: 'aucune',
    digests: (count) =>
      count < 2 ? 'attend l’heure du récapitulatif' : 'attendent l’heure du récapitulatif',
  },
  ledgerAt: 'Dernière inscription du registre',
  handedOut: 'Distribué aux abonnés',
  allHandedOut: (position) => `tout, jusqu’à la position ${position}`,
  handedOutUpTo: (position) => `jusqu’à la position ${position}`,
  attention: {
    title: 'À surveiller',
    caption: 'En échec, puis suspendus, puis arrêtés ; les échecs les plus longs d’abord',
    none: 'Aucun abonné n’est à surveiller.',
    noneOfThese: 'Aucun de ceux-ci.',
    filter: 'Lesquels',
    all: 'Tous',
    active: 'En échec',
    paused: 'Suspendus',
    stopped: 'Arrêtés',
    subscriber: 'Abonné',
    why: 'Pourquoi',
    since: 'Depuis',
    sinceUnknown: 'plus d’un mois',
    next: 'Prochaine tentative',
    noNext: 'aucune',
    lastFailure: 'Dernier échec',
    noFailure: 'aucun depuis un mois',
  },
  counts: {
    title: 'Abonnés',
    caption: 'Abonnés selon la manière dont ils sont informés',
    channel: 'Informés par',
    total: 'Tous',
  },
  open: {
    title: 'Ouvrir un abonné',
    label: 'Identifiant de l’abonné',
    hint: 'Tel que son titulaire l’a reçu et que les journaux le nomment : 5e0d6f3c-3c0a-4c51-9d8e-0d3b7f6a2b11. Aucune adresse n’est montrée ici.',
    open: 'Ouvrir',
  },
  channels: { webhook: 'Webhook', mail: 'Courriel' },
  rhythms: {
    immediate: 'aussitôt',
    daily: 'par récapitulatif, une fois par jour',
    weekly: 'par récapitulatif, chaque semaine',
  },
  states: { pending: 'Non confirmé', active: 'Actif', paused: 'Suspendu', stopped: 'Arrêté' },
  failing: 'En échec',
  why: {
    pending: 'Il n’a pas confirmé qu’il veut être informé.',
    failing: 'Les envois ont échoué pendant trois jours.',
    bounced: 'Le serveur de messagerie a refusé ses messages définitivement.',
    gone: 'Il a dit qu’il ne veut plus d’envois.',
    asked: 'Il a lui-même suspendu ses envois.',
    register: 'La faute en est au registre : les tentatives continuent tant qu’elle dure.',
    attempts: (count) => counted(count, 'tentative a échoué.', 'tentatives ont échoué de suite.'),
  },
  inTime: (length) => `dans ${length}`,
  ago: (length) => `il y a ${length}`,
  now: 'maintenant',
  subscriber: {
    eyebrow: 'Abonné',
    toldBy: 'Informé par',
    subscribed: 'Abonné depuis',
    toldUpTo: 'Informé jusqu’à',
    waiting: 'Reste à envoyer',
    nothing: 'rien',
    things,
    failingSince: 'En échec depuis',
    next: 'Prochaine tentative',
    beingTold: 'envoi en cours',
    again: 'Recharger la page',
  },
  attempts: {
    title: 'Dernières tentatives',
    caption: 'Les plus récentes d’abord ; conservées trente jours',
    none: 'Aucune tentative au cours des trente derniers jours.',
    noneOlder: 'Aucune tentative plus ancienne.',
    when: 'Quand',
    what: 'Quoi',
    attempt: 'Tentative',
    outcome: 'Résultat',
    outcomes: { delivered: 'Remis', failed: 'Échec', gone: 'Refus définitif' },
    code: (code) => `code ${code}`,
    took: (milliseconds) =>
      milliseconds < 1000
        ? `${Math.round(milliseconds)} ms`
        : `${(milliseconds / 1000).toFixed(1).replace('.', ',')} s`,
    kinds: {
      action: 'Acte',
      notification: 'Notification dépositaire',
      register: 'Changement du registre',
      count: 'Nombre d’instruments',
      'entry-into-force': 'Entrée en vigueur',
      'signature-closes': 'Dernier jour de signature',
      digest: 'Récapitulatif',
    },
  },
  resend: {
    title: 'Répéter l’envoi',
    lead: 'Ce qui a déjà été reçu revient sous le même identifiant, pour que le destinataire puisse écarter les doublons. Le journal d’audit note qui répète un envoi.',
    digests:
      'Il est informé par récapitulatif : ce qui est répété vient avec le prochain, à l’heure demandée.',
    endsPause: 'Répéter l’envoi met fin à la suspension.',
    what: 'Ce qu’il faut envoyer',
    now: (waiting) =>
      waiting === 0
        ? 'Maintenant : reprendre là où il s’est arrêté'
        : `Maintenant : ce dont il n’est pas encore informé (${things(waiting)})`,
    after: 'Tout ce qui suit une position du registre',
    from: 'Tout ce qui a été inscrit à une date ou plus tard',
    position: 'Position',
    positionHint: (ledger) => `Un nombre ; le registre est à ${ledger}.`,
    date: 'Date',
    send: 'Répéter l’envoi',
    sure: 'Oui, c’est bien ce qui est voulu',
    faults: {
      choose: 'Choisissez ce qu’il faut envoyer.',
      unclear:
        'Une position ou une date appartient à un autre choix ; choisissez lequel est voulu et videz l’autre champ.',
      position: 'Écrivez une position du registre : un nombre sans espaces.',
      beyond: (ledger) =>
        `Le registre est à la position ${ledger} ; après une position ultérieure il n’y a rien à envoyer, et l’abonné manquerait ce qui vient d’ici là.`,
      nothing: 'Rien de ce que cet abonné demande n’a été inscrit ensuite : rien ne serait envoyé.',
      many: (count) =>
        `Cela représente ${things(count)}. Cochez la case ci-dessous si c’est bien ce qui est voulu.`,
      leavesOut: (count) =>
        `Cela omet ${things(count)} dont l’abonné n’est pas encore informé. Choisissez une position ou une date antérieure, ou cochez la case ci-dessous si c’est bien ce qui est voulu.`,
    },
    not: {
      pending:
        'Rien n’est envoyé à cet abonné : il n’a pas confirmé qu’il veut être informé. Seul son titulaire le peut.',
      stopped:
        'Rien n’est envoyé à cet abonné : il a dit qu’il ne veut plus d’envois. Son titulaire peut s’abonner de nouveau.',
      asked:
        'Rien n’est envoyé à cet abonné : il a lui-même suspendu ses envois. Seul son titulaire met fin à la suspension.',
    },
    done: {
      now: (count) =>
        `Ce dont il n’était pas encore informé est en cours d’envoi : ${things(count)}.`,
      nothing: 'Il ne restait rien à envoyer. Il est actif et sera informé de ce qui vient.',
      after: (position, count) =>
        `Tout ce qui suit la position ${position} est envoyé de nouveau : ${things(count)}.`,
      from: (date, count) =>
        `Tout ce qui a été inscrit le ${date} ou plus tard est envoyé de nouveau : ${things(count)}.`,
    },
    withDigest: 'Cela vient avec le prochain récapitulatif.',
    look: 'Rechargez la page pour voir le résultat.',
  },
  unknown: {
    title: 'Aucun abonné n’a cet identifiant',
    lead: 'Son titulaire l’a peut-être supprimé, et avec lui tout ce que le registre en savait. Un abonnement non confirmé est effacé après trois jours.',
  },
  back: 'Tous les envois',
};
