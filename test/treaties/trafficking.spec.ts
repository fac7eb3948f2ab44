import { describeTreaty } from './real-treaty.ts';

describeTreaty('trafficking', { elsewhere: { untoc: {} } });
