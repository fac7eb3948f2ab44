export * from './clock.ts';
export * from './depositary.module.ts';
export * from './read-your-writes.ts';
