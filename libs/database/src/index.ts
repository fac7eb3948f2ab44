export { openDatabase, type DatabaseOptions, type OpenDatabase } from './database.ts';
