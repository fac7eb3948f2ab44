import { numberInWords } from '#pages';
import type { SubscriptionWords } from './words.en.ts';

const counted = (count: number, one: string, many: string): string =>
  `${numberInWords(count, 'fr')} ${count < 2 ? one : many}`;

/** Words with commas, and "ou" before the last. */
const oneOf = (numbers: readonly number[]): string =>
  new Intl.ListFormat('fr-FR', { type: 'disjunction' }).format(numbers.map(String));

/** What the pages for who subscribes say, in French. */
export const subscriptionWords: SubscriptionWords = {
  title: 'Être informé de ce qui est inscrit',
  short: 'Être informé',
  home: 'Accueil',
  error: 'Problème',
  lead: 'De tout, ou des traités et des participants de votre choix ; aussitôt, ou par récapitulatif. Aucun compte n’est nécessaire.',
  consent:
    'Le titulaire de l’adresse est d’abord interrogé et rien d’autre n’est envoyé avant sa réponse. L’adresse est conservée chiffrée, montrée à personne et effacée quand vous partez.',
  feeds: 'Pour suivre le registre sans donner d’adresse, prenez un fil ou un calendrier :',
  feed: 'Tous les actes (Atom)',
  notificationsFeed: 'Notifications dépositaires (Atom)',
  calendar: 'Toutes les dates (iCalendar)',
  form: {
    how: 'Comment vous êtes informé',
    channel: 'Par quel moyen',
    mail: 'Courriel, à lire',
    webhook: 'Webhook, pour un programme',
    mailNotOffered:
      'Ce registre n’envoie pas de courriel : un webhook appelle un de vos programmes.',
    target: 'Adresse',
    targetMail: 'Telle que nom@example.org. Un message avec un lien y est d’abord envoyé.',
    targetWebhook:
      'L’URL complète à appeler, telle que https://example.org/traites. Elle doit d’abord rendre un défi.',
    contact: 'Contact, averti quand le webhook échoue',
    contactHint:
      'Une adresse électronique, si vous voulez. Elle est d’abord interrogée, puis avertie quand les envois échouent depuis un jour, sont suspendus ou ont pris fin.',
    language: 'Langue des messages',
    mac: 'Comment votre programme sait qui appelle',
    macHint: 'Selon Standard Webhooks. Dans le doute, gardez le premier choix.',
    v1: 'Par un secret connu des deux côtés (HMAC-SHA256, v1)',
    v1a: 'Par une clé publique propre à votre abonnement (Ed25519, v1a)',
    what: 'De quoi vous êtes informé',
    topics: 'Au moment de l’inscription',
    topicsHint: 'Ne cochez rien pour n’être informé que des nombres et des dates ci-dessous.',
    treaties: 'Traités',
    treatiesHint: 'Par numéro ou par titre. Laissez tout vide pour tous les traités.',
    treaty: (n) => `Traité ${n}`,
    anotherTreaty: 'Un autre traité',
    participants: 'Participants',
    participantsHint: 'Par nom ou par code. Laissez tout vide pour tous les participants.',
    participant: (n) => `Participant ${n}`,
    anotherParticipant: 'Un autre participant',
    kinds: 'Types d’actes',
    onlyKinds: 'Certains types d’actes seulement',
    kindsHint: 'Ne cochez rien pour tous les types.',
    families: {
      consent: 'Consentement à être lié',
      signature: 'Signature',
      'signature-and-consent': 'Signature qui lie',
      'provisional-application': 'Application provisoire',
      statement: 'Déclarations et réserves',
      territory: 'Territoires',
      'withdrawal-from-treaty': 'Sortie du traité',
      'withdrawal-of-act': 'Reprise avant l’entrée en vigueur',
    },
    when: 'Quand vous êtes informé',
    rhythm: 'De ce qui est inscrit',
    rhythms: {
      immediate: 'Aussitôt, un message par inscription',
      daily: 'Une fois par jour à 8 heures, s’il y a lieu',
      weekly: 'Le lundi à 8 heures, s’il y a lieu',
    },
    webhookAtOnce: 'Un webhook est appelé aussitôt, pour chaque inscription.',
    timeZone: 'Fuseau horaire du récapitulatif',
    timeZoneHint: 'Tel que Europe/Paris ou America/New_York.',
    ahead: 'De nombres et de dates à venir',
    aheadHint:
      'Pour les traités choisis ci-dessus, ou pour tous. Laissez vide ce que vous ne voulez pas.',
    counts: 'Quand tant d’instruments comptent pour l’entrée en vigueur',
    countsHint: 'Des nombres séparés par des virgules, tels que 30, 39, 40.',
    inForceInDays: 'Tant de jours avant l’entrée en vigueur d’un traité',
    inForceInDaysHint: 'Tels que 30, 7, 0 ; 0 est le jour même.',
    signatureClosesInDays: 'Tant de jours avant la clôture de la signature d’un traité',
    signatureClosesInDaysHint: 'Tels que 30, 7.',
    subscribe: 'S’abonner',
  },
  topics: {
    actions: 'Actes (signatures, ratifications, réserves et autres) et leurs corrections',
    notifications: 'Notifications dépositaires',
    register: 'Changements du registre : traités, clauses finales, dates officielles, textes',
  },
  faults: {
    targetMissing: 'Indiquez l’adresse à laquelle envoyer.',
    tooLong: 'C’est trop long : écrivez 2 000 caractères au plus.',
    mailAddress:
      'On ne peut pas écrire à cette adresse électronique ; elle s’écrit comme nom@example.org.',
    target: (sentence) => targetsInFrench[sentence] ?? otherTarget(sentence),
    treaty: (words) =>
      `Le registre n’a pas de traité « ${words} ». Choisissez-en un dans la liste ou laissez le champ vide.`,
    participant: (words) =>
      `Le registre n’a pas de participant « ${words} ». Choisissez-en un dans la liste ou laissez le champ vide.`,
    numbers: (from, to) =>
      `Écrivez des nombres entiers de ${from} à ${to} séparés par des virgules, cinquante au plus.`,
    tooMany: (most) => `Choisissez-en ${most} au plus ; laissez tout vide pour tous.`,
    nothing:
      'Choisissez au moins une chose dont être informé, ou un nombre ou un jour ci-dessous ; sinon rien ne serait jamais envoyé.',
    choice: 'Choisissez l’une des possibilités offertes.',
    digestForWebhook:
      'Un webhook est informé aussitôt ; choisissez le courriel pour un récapitulatif.',
    timeZone: 'Indiquez le nom d’un fuseau horaire, tel que UTC ou Europe/Paris.',
    unknownField: (name) => `Le formulaire n’a pas de champ « ${name} ».`,
    mailNotOffered:
      'Ce registre n’envoie pas de courriel. Donnez l’adresse d’un webhook, ou suivez un fil.',
    mailNotSent: (why) => `${why} Rien n’est conservé de l’adresse. Vérifiez-la et réessayez.`,
    contactNotSent: (why) => `Le contact n’a pas pu être interrogé et rien n’a été modifié. ${why}`,
    contactForWebhook:
      'Un contact est réservé aux webhooks ; le courriel est envoyé à sa propre adresse.',
    contactNotOffered:
      'Un contact est averti par courriel, et ce registre n’en envoie pas. Laissez-le de côté et regardez l’abonnement de temps en temps.',
    addressFull: 'Cette adresse a déjà 20 abonnements. Supprimez-en un d’abord.',
    tooManyWait:
      'Trop d’abonnements de cette adresse ou de son hôte attendent d’être confirmés. Confirmez-les, ou réessayez dans trois jours.',
    starting: 'Le registre lit encore son grand livre. Renvoyez le formulaire dans un instant.',
    from: 'Écrivez une date telle que 2026-11-20, ou une position du registre en chiffres.',
    fromAhead: (today) => `Ce jour est encore à venir. Écrivez ${today} ou un jour antérieur.`,
    fromBeyond: (position) =>
      `Le registre s’arrête à la position ${position}. Écrivez celle-ci ou une position antérieure.`,
    notConfirmed:
      'L’abonnement n’est pas encore confirmé : répondez au défi, ou suivez le lien du message.',
    stopped:
      'Le destinataire a dit qu’il ne veut plus d’envois, et c’est définitif. Abonnez-vous de nouveau.',
    notWebhook: 'Ceci est réservé aux webhooks ; le courriel n’a ni secret ni défi.',
  },
  next: {
    mailSent: (address) =>
      `Un message a été envoyé à ${address}. Ouvrez le lien qu’il contient dans les trois jours : l’abonnement commence alors, et pas avant.`,
    verified:
      'Le webhook a rendu le défi. Vous êtes informé de ce qui est inscrit à partir de maintenant.',
    verifiedAlready: 'Le webhook était déjà vérifié.',
    notVerified: (why) => `Le webhook n’est pas encore vérifié. ${why}`,
    withoutChallenge: (code) => `Il a répondu ${code} sans le défi.`,
    answerChallenge: (type) =>
      `Faites-le répondre à un événement de type \`${type}\` par le statut 200 et \`{"challenge": "…"}\`, le défi que contient l’événement. Ouvrez ensuite l’abonnement et envoyez de nouveau le défi.`,
    called: (code) => `Le destinataire a répondu ${code}.`,
    failed: 'L’appel a échoué.',
  },
  result: {
    active: 'Vous êtes abonné',
    askedByMail: 'Encore une étape : confirmez par courriel',
    notVerified: 'Encore une étape : le webhook doit répondre',
    once: 'Montrés une seule fois',
    onceLead:
      'Copiez l’un et l’autre avant de quitter cette page. Le registre ne garde aucun des deux sous une forme qu’il pourrait montrer de nouveau.',
    link: 'Lien vers votre abonnement',
    linkHint: 'Qui le possède peut modifier et supprimer l’abonnement.',
    secret: 'Secret pour vérifier les envois',
    publicKey: 'Clé publique pour vérifier les envois',
    newSecretLead:
      'Copiez-le maintenant : le registre ne peut pas le montrer de nouveau. Jusqu’à demain à cette heure, les envois peuvent aussi être vérifiés avec l’ancien.',
    open: 'Ouvrir l’abonnement',
    wanted: 'Ce qui a été demandé',
    another: 'S’abonner de nouveau',
  },
  facts: {
    toldBy: 'Moyen',
    mail: 'Courriel',
    webhook: 'Webhook',
    address: 'Adresse',
    recorded: 'De ce qui est inscrit',
    nothing: 'De rien au moment de l’inscription',
    treaties: 'Traités',
    everyTreaty: 'Tous les traités',
    participants: 'Participants',
    everyParticipant: 'Tous les participants',
    kinds: 'Types d’actes',
    everyKind: 'Tous les types',
    ahead: 'De nombres et de dates à venir',
    counts: (numbers) =>
      `Quand ${oneOf(numbers)} instruments comptent pour l’entrée en vigueur, et quand il y en a de nouveau moins`,
    inForceInDays: (days) => daysBefore(days, 'l’entrée en vigueur', 'de l’entrée en vigueur'),
    signatureClosesInDays: (days) =>
      daysBefore(days, 'le dernier jour de signature', 'du dernier jour de signature'),
    when: 'Quand',
    rhythms: {
      immediate: () => 'Aussitôt',
      daily: (zone) => `Une fois par jour à 8 heures (${zone})`,
      weekly: (zone) => `Le lundi à 8 heures (${zone})`,
    },
    language: 'Langue',
    mac: 'Vérifié avec',
    macs: { v1: 'Secret (HMAC-SHA256, v1)', v1a: 'Clé publique (Ed25519, v1a)' },
    since: 'Abonnement demandé',
    toldUpTo: 'Informé jusqu’au',
    position: (position) => `position du registre ${position}`,
    next: 'Prochaine tentative',
    nextDigest: 'Prochain récapitulatif',
    now: 'aussitôt',
  },
  manage: {
    title: 'Votre abonnement',
    states: {
      pending: 'Non confirmé',
      active: 'Actif',
      failing: 'En échec',
      paused: 'Suspendu',
      stopped: 'Arrêté',
    },
    pendingWebhook: (type) =>
      `Le webhook n’a pas rendu son défi, et rien d’autre n’est envoyé avant. Faites-le répondre à un événement de type \`${type}\` par le statut 200 et \`{"challenge": "…"}\`, puis envoyez de nouveau le défi.`,
    pendingMail:
      'Personne n’a encore ouvert le lien du message, et rien d’autre n’est envoyé avant.',
    pendingUntil: 'Sans confirmation, il sera effacé le',
    upToDate: 'Tout ce qui est inscrit et que vous avez demandé a été envoyé.',
    onItsWay: 'La suite est en chemin.',
    failing: (attempts) =>
      `${counted(attempts, 'tentative a échoué', 'tentatives de suite ont échoué')}. Rien n’est perdu : ce qui attend est envoyé dans l’ordre dès qu’une tentative réussit. La liste ci-dessous dit pourquoi.`,
    ownFault: 'La faute en est au registre : les envois sont tentés de nouveau tant qu’elle dure.',
    failingSince: 'En échec depuis le',
    pausedOn: 'Si aucune ne réussit, il sera suspendu le',
    pausedAsked: 'Vous l’avez suspendu. Ce qui est inscrit entre-temps attend la reprise.',
    pausedFailing:
      'Pendant trois jours, chaque tentative a échoué : il a été suspendu. Réparez le destinataire, envoyez un événement d’essai, puis reprenez : il continue là où il s’était arrêté.',
    pausedMailFailing:
      'Pendant trois jours, chaque tentative a échoué : il a été suspendu. Reprenez quand l’adresse reçoit de nouveau du courriel : il continue là où il s’était arrêté.',
    pausedBounced:
      'Le serveur de messagerie a refusé un message définitivement : il a été suspendu. Reprenez quand l’adresse reçoit de nouveau du courriel ; sinon supprimez-le et abonnez-vous avec une autre adresse.',
    stopped:
      'Le destinataire a répondu 410, ce qui dit qu’il ne veut plus jamais d’envois. Si c’était une erreur, supprimez cet abonnement et abonnez-vous de nouveau.',
    again: 'S’abonner de nouveau, avec les mêmes choix',
    doings: 'Ce que vous pouvez faire',
    pause: 'Suspendre',
    pauseWhat: 'Rien n’est envoyé jusqu’à la reprise ; ce qui est inscrit entre-temps attend.',
    resume: 'Reprendre',
    resumeWhat: 'Il continue là où il s’était arrêté, sans rien omettre.',
    verify: 'Envoyer de nouveau le défi',
    verifyWhat: 'Il est encore demandé au webhook s’il veut les envois.',
    ping: 'Envoyer un événement d’essai',
    pingWhat: (type) => `Un événement de type \`${type}\`, aussitôt. Il ne change rien.`,
    rotate: 'Créer un nouveau secret',
    rotateWhat:
      'Il est montré une seule fois. Pendant 24 heures, les envois peuvent aussi être vérifiés avec l’ancien, afin qu’aucun n’échoue pendant le changement.',
    replay: 'Renvoyer',
    replayWhat:
      'Ce que vous avez demandé est renvoyé à partir d’un jour ou d’une position du registre, sous les mêmes identifiants, afin qu’un destinataire puisse laisser de côté ce qu’il a.',
    replayMailWhat:
      'Ce que vous avez demandé est renvoyé à partir d’un jour ou d’une position du registre.',
    fromDate: 'Inscrit ce jour-là ou plus tard',
    fromPosition: 'Inscrit après cette position du registre',
    byPosition: 'Par position du registre',
    erase: 'Supprimer…',
    eraseWhat:
      'L’adresse et tout ce qui est conservé avec elle sont effacés. La question vous est posée encore une fois.',
    deliveries: 'Derniers envois',
    caption: 'Les plus récents d’abord ; conservés trente jours',
    none: 'Aucun pour le moment.',
    when: 'Quand',
    what: 'Quoi',
    attempt: 'Tentative',
    outcome: 'Résultat',
    outcomes: { delivered: 'Livré', failed: 'Échec', gone: 'Refusé définitivement' },
    code: (code) => `code ${code}`,
    told: {
      action: 'Acte',
      notification: 'Notification dépositaire',
      register: 'Changement du registre',
      count: 'Nombre d’instruments',
      'entry-into-force': 'Entrée en vigueur',
      'signature-closes': 'Dernier jour de signature',
      digest: 'Récapitulatif',
    },
  },
  contact: {
    title: 'Contact',
    why: 'Un contact est averti par courriel quand les envois échouent depuis un jour, sont suspendus ou ont pris fin. Sans contact, revenez ici de temps en temps.',
    none: 'Personne n’est averti quand le webhook échoue.',
    states: {
      pending: 'a été interrogé et n’a pas encore confirmé',
      confirmed: 'est averti quand le webhook échoue',
      bounced:
        'n’est averti de rien : le serveur de messagerie a refusé l’adresse ; donnez-en une autre',
    },
    address: 'Adresse électronique du contact',
    name: 'Demander à cette adresse d’être le contact',
    replace: 'Demander à une autre adresse à sa place',
    erase: 'Effacer le contact',
    eraseWhat: 'Son adresse est effacée aussitôt et il n’est plus averti ; l’abonnement demeure.',
  },
  done: {
    paused: 'Les envois sont suspendus.',
    resumed: 'Les envois reprennent.',
    replayed: 'Ce que vous avez demandé est renvoyé.',
    pinged: 'L’événement d’essai a été livré.',
    notPinged: 'L’événement d’essai n’a pas été livré.',
    newSecret: 'Il y a un nouveau secret.',
    'contact-asked':
      'Il a été demandé par courriel au contact de confirmer ; il ne reçoit rien auparavant, et sera effacé dans trois jours s’il ne confirme pas.',
    'contact-already': 'Cette adresse est déjà le contact.',
    'contact-erased': 'Le contact est effacé ; l’abonnement demeure.',
  },
  erase: {
    title: 'Supprimer cet abonnement ?',
    lead: 'Plus rien n’est envoyé ; l’adresse et tout ce qui est conservé avec elle sont effacés aussitôt. On ne peut pas revenir en arrière.',
    erase: 'Le supprimer',
    keep: 'Le garder',
    erased: 'L’abonnement est supprimé',
    erasedLead: 'Tout ce qui en était conservé est effacé, l’adresse comprise.',
  },
  confirm: {
    title: 'Confirmer l’abonnement',
    lead: 'Quelqu’un, vous sans doute, a demandé que ceci soit envoyé à l’adresse où vous avez reçu le lien. Rien n’est envoyé avant votre confirmation.',
    confirm: 'Confirmer',
    not: 'Si ce n’était pas vous, fermez cette page : la demande est effacée trois jours après avoir été faite.',
    already: 'L’abonnement est déjà confirmé',
    confirmed: 'Vous êtes abonné',
    confirmedLead:
      'L’abonnement est confirmé. Vous êtes informé de ce qui est inscrit à partir de maintenant ; chaque message contient des liens pour le modifier et y mettre fin.',
  },
  unsubscribe: {
    title: 'Se désabonner ?',
    lead: 'Plus rien n’est envoyé ; l’adresse et tout ce qui est conservé avec elle sont effacés aussitôt.',
    unsubscribe: 'Se désabonner',
    instead: 'Pour suspendre seulement, suivez l’autre lien du message.',
    unsubscribed: 'Vous êtes désabonné',
    unsubscribedLead: 'Tout ce qui concernait l’abonnement est effacé, l’adresse comprise.',
  },
  unknownContact: {
    title: 'Ce lien n’ouvre plus rien',
    lead: 'Le contact a peut-être été effacé ou remplacé, ou l’abonnement supprimé avec lui. Ou il manque une partie du lien : copiez-le en entier.',
  },
  unknown: {
    title: 'Ce lien n’ouvre aucun abonnement',
    lead: 'L’abonnement a peut-être été supprimé ; sans confirmation, il est effacé après trois jours. Ou il manque une partie du lien : copiez-le en entier.',
  },
};

/** What the guard of targets has against an address, in French. */
const targetsInFrench: Readonly<Record<string, string>> = {
  'The address of a webhook must be a whole URL such as https://example.org/hook.':
    'L’adresse d’un webhook doit être une URL complète telle que https://example.org/hook.',
  'The address of a webhook must begin with https://.':
    'L’adresse d’un webhook doit commencer par https://.',
  'The address of a webhook must hold no user name or password.':
    'L’adresse d’un webhook ne doit contenir ni nom d’utilisateur ni mot de passe.',
  'The name of the webhook’s host could not be resolved.':
    'Le nom d’hôte du webhook n’a pas pu être résolu.',
  'The webhook’s host is not on the public internet: private, local and reserved addresses are not called.':
    'L’hôte du webhook n’est pas sur l’internet public : les adresses privées, locales et réservées ne sont pas appelées.',
};

function otherTarget(sentence: string): string {
  const ports = /^A webhook may use the ports (.+) and (\d+) only\.$/.exec(sentence);
  return ports === null
    ? 'Cette adresse ne peut pas être appelée.'
    : `Un webhook ne peut utiliser que les ports ${ports[1]} et ${ports[2]}.`;
}

function daysBefore(days: readonly number[], what: string, ofWhat: string): string {
  const before = days.filter((n) => n > 0).toSorted((a, b) => b - a);
  const isOneDay = before.length === 1 && before[0] === 1;
  const ahead =
    before.length === 0 ? [] : [`${oneOf(before)} ${isOneDay ? 'jour' : 'jours'} avant ${what}`];
  const itself = days.includes(0)
    ? [ahead.length === 0 ? `Le jour ${ofWhat}` : 'le jour même']
    : [];
  return [...ahead, ...itself].join(' et ');
}
