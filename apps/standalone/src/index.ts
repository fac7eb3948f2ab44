export { ConfigurationError, readConfiguration, type Configuration } from './configuration.ts';
export { openStore, reachStore, type Store } from './store.ts';
export { loadSeed, seedParticipants } from './seed/load-seed.ts';
export { ledgerProblems } from './ledger-problems.ts';
export { startApplication, type RunningApplication } from './application.ts';
export { notifierSettings } from './notifier-settings.ts';
export { openSignIn, type SignIn } from './sign-in.ts';
