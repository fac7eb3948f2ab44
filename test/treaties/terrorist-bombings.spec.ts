import { describeTreaty } from './real-treaty.ts';

describeTreaty('terrorist-bombings');
