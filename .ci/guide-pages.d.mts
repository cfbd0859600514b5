import type { GuidePage } from '../src/web/guide/guide-node.ts';

/** The page of a Markdown text, as data. Fails on what it cannot show. */
export function guidePage(name: string, text: string): GuidePage;

/** A plugin of the bundler that makes a module of each page. */
export function guidePages(): { readonly name: string };
