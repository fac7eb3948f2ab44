import { describeTreaty } from './real-treaty.ts';

describeTreaty('rome-statute');
