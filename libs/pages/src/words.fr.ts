import type { ComponentWords } from './words.en.ts';

/** Words that components say by themselves, in French. */
export const componentWords: ComponentWords = {
  register: 'Le registre des traités',
  skip: 'Aller au contenu',
  sections: 'Rubriques',
  languages: 'Langue',
  youAreHere: 'Vous êtes ici',
  pages: 'Pages de la liste',
  nextPage: 'Page suivante',
  firstPage: 'Première page',
  errorSummary: 'Il y a un problème',
  day: 'Jour',
  month: 'Mois',
  year: 'Année',
  chooseMonth: 'Choisir un mois',
  dateHint: 'Par exemple, 20 novembre 2026.',
  dateMissing: 'Indiquez la date.',
  dateIncomplete: 'Indiquez le jour, le mois et l’année.',
  dateUnknown: 'Cette date n’existe pas. Vérifiez le jour, le mois et l’année.',
  sortBy: (column) => `Trier par ${column}`,
  noRows: 'Rien n’est inscrit.',
  copy: 'Copier',
  copied: 'Copié',
  statuses: {
    signatory: 'Signataire',
    'contracting-state': 'État contractant',
    party: 'Partie',
    'former-party': 'Ancienne partie',
    none: 'Sans qualité',
  },
  forceStates: {
    pending: 'Pas encore en vigueur',
    fixed: 'Date fixée',
    'in-force': 'En vigueur',
    ceased: 'N’est plus en vigueur',
    unknown: 'Non calculée',
  },
  mapOfWorld: 'Carte du monde',
  mapNote:
    'Contours : Natural Earth, simplifiés. Les frontières et les noms figurant sur cette carte, de même que ce qu’elle omet, n’expriment aucune opinion sur le statut juridique d’aucun territoire.',
  noData: 'Aucun acte',
};
