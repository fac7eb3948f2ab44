import { describeTreaty } from './real-treaty.ts';

describeTreaty('crpd-op', { elsewhere: { crpd: {} } });
