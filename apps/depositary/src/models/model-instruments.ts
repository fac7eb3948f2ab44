import {
  actionKinds,
  participantOf,
  type ActionKind,
  type CirculatedText,
  type ParticipantRegister,
  type TreatyRegistered,
} from '#treaty';
import { actionInWords, dateInWords } from '../notifications/wording.ts';

type Model =
  | 'consent'
  | 'accession'
  | 'full-powers'
  | 'succession'
  | 'statement'
  | 'withdrawal-of-statement'
  | 'objection'
  | 'leaving'
  | 'territory'
  | 'notice';

/** The model that serves each kind of action; signatures need full powers, not an instrument. */
export const modelOf: Readonly<Record<ActionKind, Model>> = {
  signature: 'full-powers',
  definitiveSignature: 'full-powers',
  signatureAdReferendum: 'full-powers',
  confirmationOfSignatureAdReferendum: 'notice',
  ratification: 'consent',
  acceptance: 'consent',
  approval: 'consent',
  accession: 'accession',
  formalConfirmation: 'consent',
  succession: 'succession',
  successionToSignature: 'succession',
  simplifiedProcedure: 'notice',
  consentToBeBound: 'accession',
  participation: 'accession',
  provisionalApplication: 'notice',
  terminationOfProvisionalApplication: 'notice',
  reservation: 'statement',
  confirmationOfReservation: 'statement',
  modificationOfReservation: 'statement',
  withdrawalOfReservation: 'withdrawal-of-statement',
  declaration: 'statement',
  modificationOfDeclaration: 'statement',
  withdrawalOfDeclaration: 'withdrawal-of-statement',
  objection: 'objection',
  modificationOfObjection: 'objection',
  withdrawalOfObjection: 'withdrawal-of-statement',
  declarationOfCompetence: 'statement',
  modificationOfCompetence: 'statement',
  designationOfAuthority: 'statement',
  notification: 'statement',
  territorialApplication: 'territory',
  territorialExclusion: 'territory',
  territorialExtension: 'territory',
  denunciation: 'leaving',
  withdrawalFromTreaty: 'leaving',
  revocationOfNotice: 'withdrawal-of-statement',
  withdrawalOfInstrument: 'withdrawal-of-statement',
  withdrawalOfSignature: 'withdrawal-of-statement',
};

const signer = {
  en: '[name and title of the Head of State, Head of Government or Minister for Foreign Affairs]',
  fr: '[nom et titre du chef de l’État, du chef du gouvernement ou du ministre des affaires étrangères]',
};
const close = {
  en: 'IN WITNESS WHEREOF, I have signed this instrument at [place] on [date].\n\n[Signature and seal]',
  fr: 'EN FOI DE QUOI, j’ai signé le présent instrument à [lieu], le [date].\n\n[Signature et sceau]',
};
const whereas = {
  en: 'WHEREAS the {treaty} was adopted{adopted},',
  fr: 'CONSIDÉRANT que l’instrument « {treaty} » a été adopté{adopted},',
};

/** Model instruments in the manner of the Treaty Handbook of the United Nations: brackets are for the State to fill. */
const bodies: Readonly<Record<Model, CirculatedText>> = {
  consent: {
    en: `${whereas.en}\n\nAND WHEREAS the said treaty has been signed on behalf of {state} on [date of signature],\n\nNOW THEREFORE I, ${signer.en}, declare that {state}, having considered the above-mentioned treaty, makes this {action} of the same and undertakes faithfully to perform and carry out the stipulations therein contained.\n\n${close.en}`,
    fr: `${whereas.fr}\n\nCONSIDÉRANT que ledit traité a été signé au nom de {state} le [date de signature],\n\nNous, ${signer.fr}, déclarons que {state}, après avoir examiné le traité susmentionné, procède à cet acte ({action}) et s’engage à en exécuter fidèlement les dispositions.\n\n${close.fr}`,
  },
  accession: {
    en: `${whereas.en}\n\nNOW THEREFORE I, ${signer.en}, declare that {state}, having considered the above-mentioned treaty, consents to be bound by the same ({action}) and undertakes faithfully to perform and carry out the stipulations therein contained.\n\n${close.en}`,
    fr: `${whereas.fr}\n\nNous, ${signer.fr}, déclarons que {state}, après avoir examiné le traité susmentionné, consent à être lié par celui-ci ({action}) et s’engage à en exécuter fidèlement les dispositions.\n\n${close.fr}`,
  },
  'full-powers': {
    en: `FULL POWERS\n\nI, ${signer.en},\n\nHEREBY AUTHORIZE [name and title] to sign ({action}) the {treaty}, adopted{adopted}, on behalf of {state}.\n\nDone at [place] on [date].\n\n[Signature]`,
    fr: `PLEINS POUVOIRS\n\nNous, ${signer.fr},\n\nAUTORISONS PAR LES PRÉSENTES [nom et titre] à signer ({action}) l’instrument « {treaty} », adopté{adopted}, au nom de {state}.\n\nFait à [lieu], le [date].\n\n[Signature]`,
  },
  succession: {
    en: `${whereas.en}\n\nAND WHEREAS it was applicable to [predecessor State] on [date of succession],\n\nNOW THEREFORE I, ${signer.en}, declare that {state} regards itself as bound by the said treaty by {action} with effect from [date of succession], and undertakes faithfully to perform and carry out the stipulations therein contained.\n\n${close.en}`,
    fr: `${whereas.fr}\n\nCONSIDÉRANT qu’il s’appliquait à [État prédécesseur] à la date du [date de la succession],\n\nNous, ${signer.fr}, déclarons que {state} se considère comme lié par ledit traité ({action}) à compter du [date de la succession], et s’engage à en exécuter fidèlement les dispositions.\n\n${close.fr}`,
  },
  statement: {
    en: `I, ${signer.en},\n\nHEREBY DECLARE that {state} makes the following statement ({action}) in relation to [article(s)] of the {treaty}, adopted{adopted}:\n\n[Text]\n\n${close.en}`,
    fr: `Nous, ${signer.fr},\n\nDÉCLARONS PAR LES PRÉSENTES que {state} formule ce qui suit ({action}) au sujet de [article(s)] de l’instrument « {treaty} », adopté{adopted} :\n\n[Texte]\n\n${close.fr}`,
  },
  'withdrawal-of-statement': {
    en: `I, ${signer.en},\n\nHEREBY NOTIFY the depositary ({action}) that {state} withdraws, in whole [or: as far as the following part], its [act or statement] of [date] in respect of the {treaty}, adopted{adopted}.\n\n${close.en}`,
    fr: `Nous, ${signer.fr},\n\nNOTIFIONS PAR LES PRÉSENTES au dépositaire ({action}) que {state} retire, en totalité [ou : pour la partie suivante], son [acte ou déclaration] du [date] concernant l’instrument « {treaty} », adopté{adopted}.\n\n${close.fr}`,
  },
  objection: {
    en: `I, ${signer.en},\n\nHEREBY DECLARE ({action}) that {state} objects to the reservation made by [reserving State] on [date] to [article(s)] of the {treaty}, adopted{adopted}, for the following reasons:\n\n[Reasons]\n\n[This objection does (not) preclude the entry into force of the treaty between the two States.]\n\n${close.en}`,
    fr: `Nous, ${signer.fr},\n\nDÉCLARONS PAR LES PRÉSENTES ({action}) que {state} fait objection à la réserve formulée par [État réservataire] le [date] à [article(s)] de l’instrument « {treaty} », adopté{adopted}, pour les raisons suivantes :\n\n[Motifs]\n\n[La présente objection (n’)empêche (pas) l’entrée en vigueur du traité entre les deux États.]\n\n${close.fr}`,
  },
  leaving: {
    en: `I, ${signer.en},\n\nHEREBY NOTIFY the depositary, under article [article] of the {treaty}, adopted{adopted}, of its {action} on the part of {state}, with effect from [date, or: as the treaty provides].\n\n${close.en}`,
    fr: `Nous, ${signer.fr},\n\nNOTIFIONS PAR LES PRÉSENTES au dépositaire, en vertu de l’article [article] de l’instrument « {treaty} », adopté{adopted}, l’acte suivant de la part de {state} : {action}, avec effet au [date, ou : comme le prévoit le traité].\n\n${close.fr}`,
  },
  territory: {
    en: `I, ${signer.en},\n\nHEREBY DECLARE ({action}) that the {treaty}, adopted{adopted}, shall [not] apply to the following territory or territories of {state}:\n\n[Territories]\n\n${close.en}`,
    fr: `Nous, ${signer.fr},\n\nDÉCLARONS PAR LES PRÉSENTES ({action}) que l’instrument « {treaty} », adopté{adopted}, [ne] s’applique [pas] au territoire ou aux territoires suivants de {state} :\n\n[Territoires]\n\n${close.fr}`,
  },
  notice: {
    en: `I, ${signer.en},\n\nHEREBY NOTIFY the depositary of the following act of {state} under the {treaty}, adopted{adopted}: {action}.\n\n[With effect from / under article]\n\n${close.en}`,
    fr: `Nous, ${signer.fr},\n\nNOTIFIONS PAR LES PRÉSENTES au dépositaire l’acte suivant de {state} au titre de l’instrument « {treaty} », adopté{adopted} : {action}.\n\n[Avec effet au / en vertu de l’article]\n\n${close.fr}`,
  },
};

export interface ModelAsked {
  readonly kind: ActionKind;
  readonly language: 'en' | 'fr';
  /** null: a blank for the treaty. */
  readonly treaty: TreatyRegistered | null;
  /** Code of the participant; null: a blank for the State. */
  readonly participant: string | null;
}

/** A model instrument as plain text, with what the register knows filled in and brackets for the rest. */
export function modelInstrument(
  { kind, language, treaty, participant }: ModelAsked,
  participants: ParticipantRegister,
): string {
  const french = language === 'fr';
  const known = participant === null ? null : participantOf(participants, participant);
  const name = french
    ? (known?.formalNameFr ?? known?.nameFr ?? known?.name)
    : (known?.formalName ?? known?.name);
  const blanks: Readonly<Record<string, string>> = {
    action: actionInWords(kind)[language].toLowerCase(),
    treaty:
      (french ? (treaty?.titleFr ?? treaty?.title) : treaty?.title) ??
      (french ? '[titre du traité]' : '[title of the treaty]'),
    state: name ?? (french ? '[nom de l’État]' : '[name of State]'),
    adopted: adoptedIn(treaty, language),
  };
  const body = bodies[modelOf[kind]][language].replaceAll(
    /\{(\w+)\}/g,
    (_whole, blank: string) => blanks[blank] ?? '',
  );
  const title =
    actionKinds[kind].family.startsWith('signature') && modelOf[kind] === 'full-powers'
      ? ''
      : `${(french ? 'Instrument : ' : 'Instrument: ') + actionInWords(kind)[language]}\n\n`.toUpperCase();
  return `${title}${body}\n`;
}

function adoptedIn(treaty: TreatyRegistered | null, language: 'en' | 'fr'): string {
  const french = language === 'fr';
  const place = treaty?.placeOfAdoption ?? (french ? '[lieu]' : '[place]');
  const date =
    treaty?.dateOfAdoption == null ? '[date]' : dateInWords(treaty.dateOfAdoption)[language];
  return french ? ` à ${place} le ${date}` : ` at ${place} on ${date}`;
}
