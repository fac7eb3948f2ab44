export { StoreNotOpened } from './database.ts';
export * from './embedded-event-store.ts';
