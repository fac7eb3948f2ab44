export {
  catalogueEntry,
  catalogueOfTreaty,
  readCatalogue,
  type CatalogueEntry,
} from './catalogue.ts';
