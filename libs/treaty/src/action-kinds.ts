/** What an action does to a participant's standing; the status fold reads only this and the dates. */
export type ActionFamily =
  | 'signature' // obliges not to defeat the object and purpose (VCLT 14, 18)
  | 'consent' // expresses consent to be bound (VCLT 11)
  | 'signature-and-consent' // a signature that itself binds (VCLT 12)
  | 'provisional-application' // VCLT 25
  | 'statement' // a text attached to an action or to a participation
  | 'territory' // where, within a participant, the treaty applies
  | 'withdrawal-from-treaty' // denunciation or withdrawal, by the treaty's own word
  | 'withdrawal-of-act'; // taking back an instrument or a signature before entry into force

export interface ActionKindEntry {
  readonly family: ActionFamily;
  /** English name as a status table prints it. */
  readonly label: string;
  /** MTDSG's letter; case-sensitive: `A` acceptance, `a` accession. Empty where it has none. */
  readonly code: string;
  /** Name stored in the ledger. For ever: never renamed, only superseded by a higher version. */
  readonly storedAs: string;
  readonly means: string;
  readonly doesNotMean: string;
}

const kind = (
  family: ActionFamily,
  label: string,
  code: string,
  storedAs: string,
  means: string,
  doesNotMean: string,
): ActionKindEntry => ({ family, label, code, storedAs, means, doesNotMean });

/** The whole vocabulary of what States and organizations do, one entry each. */
export const actionKinds = {
  signature: kind(
    'signature',
    'Signature',
    '',
    'signature.v1',
    'A representative signed, subject to ratification; the signatory must not defeat the object and purpose (VCLT 14, 18).',
    'The State is not bound by the treaty and is not a party.',
  ),
  definitiveSignature: kind(
    'signature-and-consent',
    'Definitive signature',
    's',
    'definitive-signature.v1',
    'A signature that itself expresses consent to be bound (VCLT 12).',
    'No later ratification is awaited.',
  ),
  signatureAdReferendum: kind(
    'signature',
    'Signature ad referendum',
    '',
    'signature-ad-referendum.v1',
    'A signature that becomes a full one only if the State confirms it (VCLT 12(2)(b)).',
    'It is not yet a full signature of the treaty.',
  ),
  confirmationOfSignatureAdReferendum: kind(
    'signature',
    'Confirmation of signature ad referendum',
    '',
    'confirmation-of-signature-ad-referendum.v1',
    'The State confirmed an earlier signature ad referendum, which counts from its first date.',
    'It is not ratification.',
  ),
  ratification: kind(
    'consent',
    'Ratification',
    '',
    'ratification.v1',
    'An instrument of ratification was deposited after signature (VCLT 14).',
    'The treaty is not necessarily in force for the State yet.',
  ),
  acceptance: kind(
    'consent',
    'Acceptance',
    'A',
    'acceptance.v1',
    'An instrument of acceptance was deposited; the same legal effect as ratification (VCLT 14(2)).',
    'It is not accession (`a`).',
  ),
  approval: kind(
    'consent',
    'Approval',
    'AA',
    'approval.v1',
    'An instrument of approval was deposited; the same legal effect as ratification (VCLT 14(2)).',
    'The treaty is not necessarily in force for the State yet.',
  ),
  accession: kind(
    'consent',
    'Accession',
    'a',
    'accession.v1',
    'An instrument of accession was deposited by a State that had not signed (VCLT 15).',
    'It is not acceptance (`A`); no signature precedes it.',
  ),
  formalConfirmation: kind(
    'consent',
    'Formal confirmation',
    'c',
    'formal-confirmation.v1',
    "An organization's equivalent of ratification was deposited (VCLT 1986, art. 14).",
    'Whether it counts towards entry into force is for the final clauses to say.',
  ),
  succession: kind(
    'consent',
    'Succession',
    'd',
    'succession.v1',
    "A successor State notified that it continues its predecessor's participation; takes effect before its deposit.",
    'It is not a fresh consent, and counts only if the predecessor had not counted.',
  ),
  successionToSignature: kind(
    'signature',
    'Succession to signature',
    'd',
    'succession-to-signature.v1',
    "A successor State took over its predecessor's signature.",
    'It does not make the successor a party.',
  ),
  simplifiedProcedure: kind(
    'consent',
    'Simplified procedure',
    'p',
    'simplified-procedure.v1',
    'Consent through the simplified procedure of the UNCLOS Part XI Agreement, art. 5.',
    'No instrument of ratification was deposited.',
  ),
  consentToBeBound: kind(
    'consent',
    'Consent to be bound',
    'P',
    'consent-to-be-bound.v1',
    'A notification of consent to be bound, in the words of the treaty (CCW protocols).',
    'It does not tell which of ratification or accession preceded it.',
  ),
  participation: kind(
    'consent',
    'Participation',
    'P',
    'participation.v1',
    'Participation by virtue of another act, in the words of the treaty.',
    'No separate instrument needs to exist.',
  ),
  provisionalApplication: kind(
    'provisional-application',
    'Provisional application',
    'n',
    'provisional-application.v1',
    'The participant applies the treaty provisionally (VCLT 25).',
    'It has not consented to be bound.',
  ),
  terminationOfProvisionalApplication: kind(
    'provisional-application',
    'Termination of provisional application',
    '',
    'termination-of-provisional-application.v1',
    'The participant stopped, or declared that it does not begin, provisional application (VCLT 25(2)).',
    'It is not a withdrawal from the treaty.',
  ),
  reservation: kind(
    'statement',
    'Reservation',
    '',
    'reservation.v1',
    'A statement that excludes or modifies the effect of provisions for the reserving participant (VCLT 2(1)(d), 19).',
    'Recording it says nothing of its being permissible.',
  ),
  confirmationOfReservation: kind(
    'statement',
    'Confirmation of reservation',
    '',
    'confirmation-of-reservation.v1',
    'A reservation made at signature was confirmed when consenting, and dates from then (VCLT 23(2)).',
    'It is not a new reservation.',
  ),
  modificationOfReservation: kind(
    'statement',
    'Modification of reservation',
    '',
    'modification-of-reservation.v1',
    'The text of an earlier reservation changed; both texts stay.',
    'It is not a withdrawal of the reservation.',
  ),
  withdrawalOfReservation: kind(
    'statement',
    'Withdrawal of reservation',
    '',
    'withdrawal-of-reservation.v1',
    'A reservation was withdrawn, wholly or in the part named (VCLT 22(1)).',
    'It is not a withdrawal from the treaty.',
  ),
  declaration: kind(
    'statement',
    'Declaration',
    '',
    'declaration.v1',
    'An interpretative, optional or mandatory declaration.',
    'It does not by itself modify legal effects as a reservation does.',
  ),
  modificationOfDeclaration: kind(
    'statement',
    'Modification of declaration',
    '',
    'modification-of-declaration.v1',
    'The text of an earlier declaration changed; both texts stay.',
    'It is not a withdrawal of the declaration.',
  ),
  withdrawalOfDeclaration: kind(
    'statement',
    'Withdrawal of declaration',
    '',
    'withdrawal-of-declaration.v1',
    'A declaration was withdrawn.',
    'It is not a withdrawal from the treaty.',
  ),
  objection: kind(
    'statement',
    'Objection',
    '',
    'objection.v1',
    "A participant objected to another's reservation (VCLT 20, 21).",
    'The treaty stays in force between the two unless the objection says otherwise.',
  ),
  modificationOfObjection: kind(
    'statement',
    'Modification of objection',
    '',
    'modification-of-objection.v1',
    'The text of an earlier objection changed; both texts stay.',
    'It is not a withdrawal of the objection.',
  ),
  withdrawalOfObjection: kind(
    'statement',
    'Withdrawal of objection',
    '',
    'withdrawal-of-objection.v1',
    'An objection was withdrawn (VCLT 22(2)).',
    'It does not withdraw the reservation.',
  ),
  declarationOfCompetence: kind(
    'statement',
    'Declaration of competence',
    '',
    'declaration-of-competence.v1',
    'An REIO stated for which matters it, not its members, is competent.',
    'It is not consent to be bound.',
  ),
  modificationOfCompetence: kind(
    'statement',
    'Modification of declaration of competence',
    '',
    'modification-of-competence.v1',
    'An REIO told the depositary of a change in the extent of its competence.',
    'It is not consent to be bound.',
  ),
  designationOfAuthority: kind(
    'statement',
    'Designation of authority',
    '',
    'designation-of-authority.v1',
    'A participant named its central authority or contact point.',
    'It has no effect on participation.',
  ),
  notification: kind(
    'statement',
    'Notification under the treaty',
    '',
    'notification-under-treaty.v1',
    'A notification that an article of the treaty provides for, the article in its text.',
    "It is not the depositary's own notification.",
  ),
  territorialApplication: kind(
    'territory',
    'Territorial application',
    '',
    'territorial-application.v1',
    'The treaty applies to the territory named.',
    'The territory does not become a participant.',
  ),
  territorialExclusion: kind(
    'territory',
    'Territorial exclusion',
    '',
    'territorial-exclusion.v1',
    'The treaty does not apply to the territory named.',
    'It is not a reservation and not a withdrawal from the treaty.',
  ),
  territorialExtension: kind(
    'territory',
    'Territorial extension',
    '',
    'territorial-extension.v1',
    'The application of the treaty was extended to the territory named.',
    'The territory does not become a participant.',
  ),
  denunciation: kind(
    'withdrawal-from-treaty',
    'Denunciation',
    '',
    'denunciation.v1',
    'Notice of denunciation was received; takes effect as the final clauses say, counted from receipt (VCLT 54, 56, 65, 67).',
    'The participant is not out before the notice takes effect.',
  ),
  withdrawalFromTreaty: kind(
    'withdrawal-from-treaty',
    'Withdrawal from the treaty',
    '',
    'withdrawal-from-treaty.v1',
    'Notice of withdrawal was received, in a treaty that says withdrawal; takes effect as the final clauses say.',
    'It is not the withdrawal of an instrument or of a signature before entry into force.',
  ),
  revocationOfNotice: kind(
    'withdrawal-from-treaty',
    'Revocation of notice of denunciation or withdrawal',
    '',
    'revocation-of-notice.v1',
    'A notice was revoked before it took effect (VCLT 68): participation never stopped.',
    'It is not a new consent to be bound.',
  ),
  withdrawalOfInstrument: kind(
    'withdrawal-of-act',
    'Withdrawal of instrument',
    '',
    'withdrawal-of-instrument.v1',
    'An instrument was withdrawn before entry into force; it counts no more, a signature stays.',
    'It is not a withdrawal from the treaty (Russia and the CTBT, 2023: still a signatory).',
  ),
  withdrawalOfSignature: kind(
    'withdrawal-of-act',
    'Withdrawal of signature',
    '',
    'withdrawal-of-signature.v1',
    'A signatory made clear that it does not intend to become a party (VCLT 18(a)).',
    'It is not a withdrawal from the treaty, of which the signatory was not a party.',
  ),
} as const satisfies Record<string, ActionKindEntry>;

export type ActionKind = keyof typeof actionKinds;
