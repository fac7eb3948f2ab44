import { describeTreaty } from './real-treaty.ts';

describeTreaty('cat');
