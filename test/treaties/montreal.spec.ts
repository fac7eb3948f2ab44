import { describeTreaty } from './real-treaty.ts';

describeTreaty('montreal', { elsewhere: { 'vienna-ozone': {} } });
