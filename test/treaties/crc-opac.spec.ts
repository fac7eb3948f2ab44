import { describeTreaty } from './real-treaty.ts';

describeTreaty('crc-opac');
