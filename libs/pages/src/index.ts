export * from './accepts.ts';
export { assetAddress } from './assets.ts';
export { AssetsController } from './assets.controller.ts';
export * from './language.ts';
export * from './layout.tsx';
export * from './problem-page.tsx';
export * from './render.ts';
export * from './send-page.ts';
