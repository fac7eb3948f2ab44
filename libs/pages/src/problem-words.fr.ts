import type { ProblemCode } from '#http';

/** A problem in French: its title, and what to do where nobody wrote the detail in French. */
export interface ProblemWords {
  readonly title: string;
  readonly advice: string;
}

/** Every entry of the catalogue of problems, in French. */
export const problemWordsFr: Readonly<Record<ProblemCode, ProblemWords>> = {
  'invalid-request': {
    title: 'La requête n’est pas bien formée',
    advice: 'Revenez à la page précédente et recommencez depuis elle.',
  },
  'invalid-json': {
    title: 'Le corps de la requête n’est pas du JSON',
    advice: 'Envoyez un objet JSON.',
  },
  'invalid-parameter': {
    title: 'Un paramètre de l’adresse n’est pas valable',
    advice: 'Corrigez l’adresse, ou recommencez depuis une page du registre.',
  },
  'invalid-header': {
    title: 'Un en-tête de la requête n’est pas valable',
    advice: 'Corrigez l’en-tête et envoyez de nouveau la requête.',
  },
  'sign-in-needed': {
    title: 'Cette adresse est réservée aux agents connectés',
    advice: 'Connectez-vous, puis recommencez. Rien n’a été modifié.',
  },
  'token-refused': {
    title: 'Le jeton d’accès n’est pas admis',
    advice: 'Demandez-en un nouveau au fournisseur d’identité.',
  },
  'not-allowed-from-here': {
    title: 'Cette adresse ne répond que sur cette machine',
    advice: 'Ouvrez-la sur la machine où le registre fonctionne.',
  },
  'not-permitted': {
    title: 'Vos rôles ne le permettent pas',
    advice: 'Demandez le rôle nécessaire à l’administrateur du fournisseur d’identité.',
  },
  'cross-site-request': {
    title: 'La requête ne vient pas d’une page du registre',
    advice: 'Ouvrez de nouveau la page et envoyez le formulaire depuis elle. Rien n’a été modifié.',
  },
  'sign-in-refused': {
    title: 'La connexion a été refusée',
    advice: 'Connectez-vous de nouveau.',
  },
  'not-found': {
    title: 'Il n’y a rien à cette adresse',
    advice: 'Vérifiez l’adresse, ou partez de l’accueil du registre.',
  },
  'method-not-allowed': {
    title: 'Cette adresse n’admet pas cette méthode',
    advice: 'Partez d’une page du registre.',
  },
  conflict: {
    title: 'L’inscription a changé au même moment',
    advice: 'Regardez-la de nouveau, puis recommencez.',
  },
  'body-too-large': {
    title: 'La requête est trop volumineuse',
    advice: 'Elle dépasse ce que cette adresse admet ; envoyez moins.',
  },
  'unsupported-media-type': {
    title: 'Le contenu envoyé est d’un type qui n’est pas lu',
    advice: 'Envoyez le formulaire depuis sa page.',
  },
  'not-acceptable': {
    title: 'Aucune représentation ne répond à l’en-tête Accept',
    advice: 'Demandez un autre format.',
  },
  'invalid-fields': {
    title: 'Des champs ne sont pas valables',
    advice: 'Corrigez-les et envoyez de nouveau le formulaire. Rien n’a été enregistré.',
  },
  'refused-by-rule': {
    title: 'Les règles s’opposent à cette inscription',
    advice: 'Rien n’a été inscrit.',
  },
  'idempotency-key-reused': {
    title: 'La clé Idempotency-Key appartient à une autre commande',
    advice: 'Utilisez une autre clé.',
  },
  'too-many-requests': {
    title: 'Plus de requêtes que ce registre n’en admet',
    advice: 'Attendez une minute, puis recommencez.',
  },
  'too-many-listeners': {
    title: 'Le flux n’admet plus d’auditeurs',
    advice: 'Recommencez dans une minute.',
  },
  'not-yet-there': {
    title: 'La position demandée n’est pas encore atteinte',
    advice: 'Recommencez dans un instant.',
  },
  'too-many': {
    title: 'Trop de requêtes de ce genre',
    advice: 'Recommencez plus tard.',
  },
  'not-offered': {
    title: 'Ce registre ne l’offre pas',
    advice: 'Choisissez une autre voie.',
  },
  'mail-not-sent': {
    title: 'Le message n’a pas pu être envoyé',
    advice: 'Vérifiez l’adresse, ou recommencez plus tard.',
  },
  'ledger-unavailable': {
    title: 'Le registre des faits ne peut pas être atteint',
    advice: 'Recommencez dans un instant ; rien n’a été inscrit à moitié.',
  },
  'sign-in-unavailable': {
    title: 'Le fournisseur d’identité ne peut pas être atteint',
    advice: 'Nul ne peut être admis pour l’instant ; recommencez dans une minute.',
  },
  'starting-up': {
    title: 'Le registre est encore en train de démarrer',
    advice: 'Recommencez dans un instant.',
  },
  internal: {
    title: 'Le registre a rencontré une erreur',
    advice:
      'Il a échoué en répondant, et son journal dit pourquoi ; rien n’a été inscrit à moitié, vous pouvez donc recommencer.',
  },
};
