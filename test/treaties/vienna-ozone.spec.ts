import { describeTreaty } from './real-treaty.ts';

describeTreaty('vienna-ozone');
