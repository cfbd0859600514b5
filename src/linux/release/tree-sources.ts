export { TREE_SOURCES } from '../generated/tree-sources.ts';
