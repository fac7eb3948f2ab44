import type { ActionKind, ActionKindEntry } from '../action-kinds.ts';

/** What a kind of action is called in a language, what it means, and what it does not mean. */
export type ActionKindWords = Pick<ActionKindEntry, 'label' | 'means' | 'doesNotMean'>;

const words = (label: string, means: string, doesNotMean: string): ActionKindWords => ({
  label,
  means,
  doesNotMean,
});

/**
 * The words of `actionKinds` in French, for pages, notifications and deliveries alike; CV is the Vienna
 * Convention on the Law of Treaties. Labels are nouns as depositary notifications head them.
 */
export const actionKindsInFrench: Readonly<Record<ActionKind, ActionKindWords>> = {
  signature: words(
    'Signature',
    'Un représentant a signé, sous réserve de ratification ; le signataire ne doit pas priver le traité de son objet et de son but (CV 14, 18).',
    'L’État n’est pas lié par le traité et n’en est pas partie.',
  ),
  definitiveSignature: words(
    'Signature définitive',
    'Une signature qui exprime à elle seule le consentement à être lié (CV 12).',
    'Aucune ratification ultérieure n’est attendue.',
  ),
  signatureAdReferendum: words(
    'Signature ad referendum',
    'Une signature qui ne devient complète que si l’État la confirme (CV 12, par. 2 b)).',
    'Ce n’est pas encore une signature complète du traité.',
  ),
  confirmationOfSignatureAdReferendum: words(
    'Confirmation de la signature ad referendum',
    'L’État a confirmé une signature ad referendum antérieure, qui vaut dès sa première date.',
    'Ce n’est pas une ratification.',
  ),
  ratification: words(
    'Ratification',
    'Un instrument de ratification a été déposé après la signature (CV 14).',
    'Le traité n’est pas nécessairement déjà en vigueur pour l’État.',
  ),
  acceptance: words(
    'Acceptation',
    'Un instrument d’acceptation a été déposé ; même effet juridique que la ratification (CV 14, par. 2).',
    'Ce n’est pas une adhésion (« a »).',
  ),
  approval: words(
    'Approbation',
    'Un instrument d’approbation a été déposé ; même effet juridique que la ratification (CV 14, par. 2).',
    'Le traité n’est pas nécessairement déjà en vigueur pour l’État.',
  ),
  accession: words(
    'Adhésion',
    'Un instrument d’adhésion a été déposé par un État qui n’avait pas signé (CV 15).',
    'Ce n’est pas une acceptation (« A ») ; aucune signature ne la précède.',
  ),
  formalConfirmation: words(
    'Confirmation formelle',
    'L’équivalent, pour une organisation, de la ratification a été déposé (CV 1986, art. 14).',
    'C’est aux clauses finales de dire si elle compte pour l’entrée en vigueur.',
  ),
  succession: words(
    'Succession',
    'Un État successeur a notifié qu’il continue la participation de son prédécesseur ; elle prend effet avant son dépôt.',
    'Ce n’est pas un nouveau consentement ; elle ne compte que si le prédécesseur n’avait pas compté.',
  ),
  successionToSignature: words(
    'Succession à la signature',
    'Un État successeur a repris la signature de son prédécesseur.',
    'Elle ne fait pas du successeur une partie.',
  ),
  simplifiedProcedure: words(
    'Procédure simplifiée',
    'Consentement par la procédure simplifiée de l’Accord relatif à la partie XI de la CNUDM, art. 5.',
    'Aucun instrument de ratification n’a été déposé.',
  ),
  consentToBeBound: words(
    'Consentement à être lié',
    'Une notification de consentement à être lié, selon les termes du traité (protocoles à la CCAC).',
    'Elle ne dit pas si une ratification ou une adhésion l’a précédée.',
  ),
  participation: words(
    'Participation',
    'Participation en vertu d’un autre acte, selon les termes du traité.',
    'Il n’y a pas nécessairement d’instrument distinct.',
  ),
  provisionalApplication: words(
    'Application provisoire',
    'Le participant applique le traité à titre provisoire (CV 25).',
    'Il n’a pas consenti à être lié.',
  ),
  terminationOfProvisionalApplication: words(
    'Fin de l’application provisoire',
    'Le participant a cessé l’application provisoire, ou déclaré ne pas la commencer (CV 25, par. 2).',
    'Ce n’est pas un retrait du traité.',
  ),
  reservation: words(
    'Réserve',
    'Une déclaration qui exclut ou modifie l’effet de dispositions pour son auteur (CV 2, par. 1 d), 19).',
    'Son inscription ne dit rien de sa validité.',
  ),
  confirmationOfReservation: words(
    'Confirmation de réserve',
    'Une réserve faite à la signature a été confirmée lors du consentement, et date de ce jour (CV 23, par. 2).',
    'Ce n’est pas une nouvelle réserve.',
  ),
  modificationOfReservation: words(
    'Modification de réserve',
    'Le texte d’une réserve antérieure a changé ; les deux textes demeurent.',
    'Ce n’est pas un retrait de la réserve.',
  ),
  withdrawalOfReservation: words(
    'Retrait de réserve',
    'Une réserve a été retirée, en tout ou dans la partie nommée (CV 22, par. 1).',
    'Ce n’est pas un retrait du traité.',
  ),
  declaration: words(
    'Déclaration',
    'Une déclaration interprétative, facultative ou obligatoire.',
    'Elle ne modifie pas par elle-même les effets juridiques comme le fait une réserve.',
  ),
  modificationOfDeclaration: words(
    'Modification de déclaration',
    'Le texte d’une déclaration antérieure a changé ; les deux textes demeurent.',
    'Ce n’est pas un retrait de la déclaration.',
  ),
  withdrawalOfDeclaration: words(
    'Retrait de déclaration',
    'Une déclaration a été retirée.',
    'Ce n’est pas un retrait du traité.',
  ),
  objection: words(
    'Objection',
    'Un participant a objecté à la réserve d’un autre (CV 20, 21).',
    'Le traité reste en vigueur entre les deux, sauf si l’objection dit le contraire.',
  ),
  modificationOfObjection: words(
    'Modification d’objection',
    'Le texte d’une objection antérieure a changé ; les deux textes demeurent.',
    'Ce n’est pas un retrait de l’objection.',
  ),
  withdrawalOfObjection: words(
    'Retrait d’objection',
    'Une objection a été retirée (CV 22, par. 2).',
    'Elle ne retire pas la réserve.',
  ),
  declarationOfCompetence: words(
    'Déclaration de compétence',
    'Une organisation régionale a indiqué pour quelles matières elle est compétente, et non ses membres.',
    'Ce n’est pas un consentement à être lié.',
  ),
  modificationOfCompetence: words(
    'Modification de la déclaration de compétence',
    'Une organisation régionale a fait part au dépositaire d’un changement dans l’étendue de sa compétence.',
    'Ce n’est pas un consentement à être lié.',
  ),
  designationOfAuthority: words(
    'Désignation d’autorité',
    'Un participant a désigné son autorité centrale ou son point de contact.',
    'Elle est sans effet sur la participation.',
  ),
  notification: words(
    'Notification en vertu du traité',
    'Une notification prévue par un article du traité, cité dans son texte.',
    'Ce n’est pas une notification du dépositaire lui-même.',
  ),
  territorialApplication: words(
    'Application territoriale',
    'Le traité s’applique au territoire nommé.',
    'Le territoire ne devient pas un participant.',
  ),
  territorialExclusion: words(
    'Exclusion territoriale',
    'Le traité ne s’applique pas au territoire nommé.',
    'Ce n’est ni une réserve ni un retrait du traité.',
  ),
  territorialExtension: words(
    'Extension de l’application territoriale',
    'L’application du traité a été étendue au territoire nommé.',
    'Le territoire ne devient pas un participant.',
  ),
  denunciation: words(
    'Dénonciation',
    'Une notification de dénonciation a été reçue ; elle prend effet comme le disent les clauses finales, à compter de la réception (CV 54, 56, 65, 67).',
    'Le participant n’est pas sorti avant que la notification prenne effet.',
  ),
  withdrawalFromTreaty: words(
    'Retrait du traité',
    'Une notification de retrait a été reçue, pour un traité qui parle de retrait ; elle prend effet comme le disent les clauses finales.',
    'Ce n’est pas le retrait d’un instrument ou d’une signature avant l’entrée en vigueur.',
  ),
  revocationOfNotice: words(
    'Révocation de la notification de dénonciation ou de retrait',
    'Une notification a été révoquée avant de prendre effet (CV 68) : la participation n’a jamais cessé.',
    'Ce n’est pas un nouveau consentement à être lié.',
  ),
  withdrawalOfInstrument: words(
    'Retrait de l’instrument',
    'Un instrument a été retiré avant l’entrée en vigueur ; il ne compte plus, la signature demeure.',
    'Ce n’est pas un retrait du traité (Russie et TICE, 2023 : toujours signataire).',
  ),
  withdrawalOfSignature: words(
    'Retrait de la signature',
    'Un signataire a manifesté qu’il n’entend pas devenir partie (CV 18 a)).',
    'Ce n’est pas un retrait du traité, dont le signataire n’était pas partie.',
  ),
};
