export * from './accepts.ts';
export { assetAddress, assetsRevision } from './assets.ts';
export { AssetsController } from './assets.controller.ts';
export * from './components/choices.tsx';
export * from './components/date-entry.tsx';
export * from './components/facts.tsx';
export * from './components/forms.tsx';
export * from './components/marks.tsx';
export * from './components/navigation.tsx';
export * from './components/table.tsx';
export * from './dates.tsx';
export * from './language.ts';
export * from './layout.tsx';
export * from './map/world-map.tsx';
export * from './participant-names.ts';
export {
  PdfDocument,
  type PdfColumn,
  type PdfSettings,
  type PdfTable,
} from './pdf/pdf-document.ts';
export * from './problem-page.tsx';
export { problemWordsFr } from './problem-words.fr.ts';
export * from './public-frame.tsx';
export * from './render.ts';
export * from './send-page.ts';
export { componentWords } from './words.ts';
export {
  notificationFileName,
  notificationPdf,
  type NotificationDocument,
} from './pdf/notification-pdf.ts';
