import { actionKinds, type ActionFamily, type ActionKind } from '#treaty';
import type { CaseContent, CaseDocument, CaseKind, FormAnswer } from './case-content.ts';

/** Who may sign without full powers, and who with them (VCLT 7(2)(a), 67(2)). */
export const signers = [
  'head-of-state',
  'head-of-government',
  'foreign-minister',
  'full-powers',
  'other',
] as const;

/** One thing to examine before an instrument counts as being in due and proper form. */
export interface FormItem {
  readonly id: string;
  readonly en: string;
  readonly fr: string;
  readonly article: string;
  /** Left out: `yes`, `no` or `not-applicable`. */
  readonly choices?: readonly string[];
  /** Cases that it is asked of. */
  readonly cases: readonly CaseKind[];
  /** Families of acts that it is asked of; left out: all. */
  readonly families?: readonly ActionFamily[];
  /** Kinds of acts that it is asked of; left out: all of the families. */
  readonly kinds?: readonly ActionKind[];
}

const acts = ['instrument', 'ceremony'] as const;
const reservations: readonly ActionKind[] = [
  'reservation',
  'confirmationOfReservation',
  'modificationOfReservation',
  'withdrawalOfReservation',
  'objection',
  'withdrawalOfObjection',
];
const byInstrument: readonly ActionFamily[] = [
  'consent',
  'provisional-application',
  'withdrawal-from-treaty',
  'withdrawal-of-act',
  'territory',
];

/** The checklist for due and proper form, as data: what the depositary examines (VCLT 77(1)(d)), never substance. */
export const formItems: readonly FormItem[] = [
  {
    id: 'signed-by',
    en: 'Who signed: the Head of State, the Head of Government, the Minister for Foreign Affairs, or a person with full powers',
    fr: 'Signataire : chef de l’État, chef du gouvernement, ministre des affaires étrangères, ou personne munie de pleins pouvoirs',
    article: 'VCLT art. 7(1)-(2), 67(2)',
    choices: signers,
    cases: acts,
  },
  {
    id: 'full-powers-in-order',
    en: 'The full powers name the person, the treaty and the act, and are themselves signed by one of the three',
    fr: 'Les pleins pouvoirs désignent la personne, le traité et l’acte, et sont signés par l’une des trois autorités',
    article: 'VCLT art. 2(1)(c), 7(1)(a)',
    cases: acts,
  },
  {
    id: 'treaty-named',
    en: 'The treaty is named by its title, with the date and place of its adoption',
    fr: 'Le traité est désigné par son titre, avec la date et le lieu de son adoption',
    article: 'VCLT art. 77(1)(d)',
    cases: ['instrument'],
  },
  {
    id: 'will-clear',
    en: 'The will of the State is expressed without condition, and undertakes to perform the treaty',
    fr: 'La volonté de l’État est exprimée sans condition, avec l’engagement d’exécuter le traité',
    article: 'VCLT art. 11, 14-16',
    cases: ['instrument'],
    families: byInstrument,
  },
  {
    id: 'place-and-date',
    en: 'Place and date of signature of the instrument are stated, and its seal and signature are original',
    fr: 'Le lieu et la date de signature de l’instrument sont indiqués, le sceau et la signature sont originaux',
    article: 'VCLT art. 77(1)(d)',
    cases: ['instrument'],
  },
  {
    id: 'received-at-seat',
    en: 'The instrument itself was received at the seat of the depositary (a copy alone is not deposited)',
    fr: 'L’instrument lui-même a été reçu au siège du dépositaire (une copie ne suffit pas au dépôt)',
    article: 'VCLT art. 16(b), 78',
    cases: ['instrument'],
    families: byInstrument,
  },
  {
    id: 'signed-on-original',
    en: 'The signature stands in the original of the treaty, under the name of the State',
    fr: 'La signature figure sur l’original du traité, sous le nom de l’État',
    article: 'VCLT art. 12, 77(1)(a)',
    cases: acts,
    families: ['signature', 'signature-and-consent'],
  },
  {
    id: 'statement-in-writing',
    en: 'Every reservation or objection, and its withdrawal, is in writing and signed like the instrument, or is in the instrument itself',
    fr: 'Toute réserve ou objection, et son retrait, est formulée par écrit et signée comme l’instrument, ou figure dans celui-ci',
    article: 'VCLT art. 19, 23(1), 23(4)',
    cases: ['instrument'],
    families: ['statement'],
    kinds: reservations,
  },
  {
    id: 'date-of-succession',
    en: 'The notification of succession names the date of succession and the treaty as the predecessor’s',
    fr: 'La notification de succession indique la date de la succession et le traité comme étant celui du prédécesseur',
    article: 'Vienna Convention on Succession of States in respect of Treaties (1978), art. 22',
    cases: ['instrument'],
    kinds: ['succession', 'successionToSignature'],
  },
  {
    id: 'notice-under-article',
    en: 'The notice names the article under which the State denounces or withdraws, or says that it rests on none',
    fr: 'La notification indique l’article en vertu duquel l’État dénonce le traité ou s’en retire, ou précise qu’elle n’en invoque aucun',
    article: 'VCLT art. 54, 56, 65(1), 67',
    cases: ['instrument'],
    families: ['withdrawal-from-treaty'],
  },
  {
    id: 'territory-named',
    en: 'Each territory is named, and whether the treaty applies to it',
    fr: 'Chaque territoire est désigné, avec la mention de l’application ou non du traité',
    article: 'VCLT art. 29',
    cases: ['instrument'],
    families: ['territory'],
  },
  {
    id: 'evidence-seen',
    en: 'The document that shows the error, or the date, was seen by the officer who prepared this',
    fr: 'Le document qui établit l’erreur, ou la date, a été vu par l’agent qui a préparé le dossier',
    article: 'VCLT art. 77(1)(d)-(g)',
    cases: ['correction', 'annulment', 'official-date'],
  },
  {
    id: 'error-in-all-languages',
    en: 'It was examined in which of the authentic texts the error stands, and whether they lack concordance',
    fr: 'Il a été examiné dans quels textes authentiques figure l’erreur, et s’il y a défaut de concordance',
    article: 'VCLT art. 33, 79(1), 79(3)',
    cases: ['rectification-proposal'],
  },
  {
    id: 'objection-by-entitled',
    en: 'The objection comes from a signatory or contracting State, in writing',
    fr: 'L’objection émane d’un État signataire ou contractant, par écrit',
    article: 'VCLT art. 79(2)',
    cases: ['rectification-objection'],
  },
  {
    id: 'proces-verbal-executed',
    en: 'The procès-verbal is executed, and a copy is ready for the parties and the States entitled to become parties',
    fr: 'Le procès-verbal est dressé, et une copie est prête pour les parties et les États ayant qualité pour le devenir',
    article: 'VCLT art. 79(2)(a)',
    cases: ['rectification-adoption'],
  },
];

const isKind = (kind: unknown): kind is ActionKind =>
  typeof kind === 'string' && Object.hasOwn(actionKinds, kind);

/** The items that a case has to answer, by its kind and by what its acts are. */
export function formItemsOf(kind: CaseKind, content: CaseContent): FormItem[] {
  const held = (content.acts ?? []).flatMap((act) => (isKind(act.kind) ? [act.kind] : []));
  const asked = (item: FormItem): boolean => {
    if (!item.cases.includes(kind)) return false;
    if (item.id === 'full-powers-in-order')
      return content.form?.['signed-by']?.answer === 'full-powers';
    if (item.families === undefined && item.kinds === undefined) return true;
    return held.some(
      (act) =>
        (item.families?.includes(actionKinds[act].family) ?? true) &&
        (item.kinds?.includes(act) ?? true),
    );
  };
  return formItems.filter(asked);
}

export interface FormFault {
  readonly field: string;
  readonly detail: string;
}

const plain = ['yes', 'no', 'not-applicable'];
const needsRemark = (answer: string): boolean => answer === 'no' || answer === 'other';

/** What the checklist still lacks before the case can be submitted; each fault names its field. */
export function formFaults(
  kind: CaseKind,
  content: CaseContent,
  documents: readonly CaseDocument[],
): FormFault[] {
  return formItemsOf(kind, content).flatMap((item): FormFault[] => {
    const field = `form.${item.id}`;
    const given: FormAnswer | undefined = content.form?.[item.id];
    const choices = item.choices ?? plain;
    if (given === undefined || !choices.includes(given.answer))
      return [{ field, detail: `is not answered; choose one of ${choices.join(', ')}` }];
    const remarked = (given.remark ?? '').trim() !== '';
    if (needsRemark(given.answer) && !remarked)
      return [
        {
          field,
          detail: `"${given.answer}" needs a remark that says why it is taken all the same`,
        },
      ];
    const lacksPowers =
      item.id === 'full-powers-in-order' &&
      given.answer === 'yes' &&
      !remarked &&
      !documents.some(({ role }) => role === 'full-powers');
    return lacksPowers
      ? [{ field, detail: 'upload the full powers, or say in the remark where they are kept' }]
      : [];
  });
}
