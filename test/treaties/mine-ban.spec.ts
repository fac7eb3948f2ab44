import { describeTreaty } from './real-treaty.ts';

describeTreaty('mine-ban');
