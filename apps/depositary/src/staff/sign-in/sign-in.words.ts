import type { InEveryLanguage } from '#pages';
import type { Role } from '../permissions.ts';

/** Why somebody was not let in. */
export type SignInFault = 'begun-elsewhere' | 'denied' | 'not-vouched' | 'no-role';

export interface SignInWords {
  readonly desk: string;
  readonly register: string;
  readonly signedInAs: string;
  readonly signOut: string;
  readonly signIn: string;
  readonly again: string;
  readonly signOutQuestion: string;
  readonly signedOut: string;
  readonly signedOutHere: string;
  readonly atProvider: string;
  readonly roles: string;
  readonly may: string;
  readonly none: string;
  readonly auditTrail: string;
  readonly faultTitle: string;
  readonly faults: Readonly<Record<SignInFault, string>>;
  readonly roleNames: Readonly<Record<Role, string>>;
}

export const signInWords: InEveryLanguage<SignInWords> = {
  en: {
    desk: 'The desk',
    register: 'Register',
    signedInAs: 'Signed in as',
    signOut: 'Sign out',
    signIn: 'Sign in',
    again: 'Sign in again',
    signOutQuestion: 'Do you want to sign out?',
    signedOut: 'You are signed out',
    signedOutHere: 'Your session here is over, and nobody can use it any more.',
    atProvider: 'Sign out at the sign-in provider too',
    roles: 'Your roles',
    may: 'What they permit',
    none: 'Nothing: ask the administrator of the sign-in provider for a role.',
    auditTrail: 'Audit trail',
    faultTitle: 'You are not signed in',
    faults: {
      'begun-elsewhere':
        'This sign-in was begun in another browser, is more than ten minutes old or has been used already. Sign in again from here; if it happens again, allow cookies for this address.',
      denied:
        'The sign-in provider did not let you in, or you turned back. Sign in again, or ask the administrator of the provider whether your account is allowed to use this register.',
      'not-vouched':
        'The answer of the sign-in provider could not be verified, so it was not accepted. Sign in again; if it happens again, tell the administrator of the register, who finds the reason in the audit trail.',
      'no-role':
        'The sign-in provider knows you, but gives you no role in this register. Ask the administrator of the provider for the role recorder, approver or administrator, then sign in again.',
    },
    roleNames: { recorder: 'recorder', approver: 'approver', administrator: 'administrator' },
  },
  fr: {
    desk: 'Le bureau',
    register: 'Registre',
    signedInAs: 'Connecté en tant que',
    signOut: 'Se déconnecter',
    signIn: 'Se connecter',
    again: 'Se connecter de nouveau',
    signOutQuestion: 'Voulez-vous vous déconnecter ?',
    signedOut: 'Vous êtes déconnecté',
    signedOutHere: 'Votre session est terminée ici et personne ne peut plus s’en servir.',
    atProvider: 'Se déconnecter aussi auprès du fournisseur d’identité',
    roles: 'Vos rôles',
    may: 'Ce qu’ils permettent',
    none: 'Rien : demandez un rôle à l’administrateur du fournisseur d’identité.',
    auditTrail: 'Journal d’audit',
    faultTitle: 'Vous n’êtes pas connecté',
    faults: {
      'begun-elsewhere':
        'Cette connexion a été commencée dans un autre navigateur, date de plus de dix minutes ou a déjà servi. Connectez-vous de nouveau ici ; si cela se reproduit, autorisez les cookies pour cette adresse.',
      denied:
        'Le fournisseur d’identité ne vous a pas laissé entrer, ou vous avez renoncé. Connectez-vous de nouveau, ou demandez à son administrateur si votre compte peut utiliser ce registre.',
      'not-vouched':
        'La réponse du fournisseur d’identité n’a pas pu être vérifiée et n’a donc pas été acceptée. Connectez-vous de nouveau ; si cela se reproduit, prévenez l’administrateur du registre, qui en trouvera la raison dans le journal d’audit.',
      'no-role':
        'Le fournisseur d’identité vous connaît, mais ne vous donne aucun rôle dans ce registre. Demandez à son administrateur le rôle recorder, approver ou administrator, puis connectez-vous de nouveau.',
    },
    roleNames: {
      recorder: 'enregistreur',
      approver: 'approbateur',
      administrator: 'administrateur',
    },
  },
};
