/** Styles that lie beside a view; the bundler puts them on the page with it. */
declare module '*.css';

/** The part of the bundler's `import.meta` that is used: a loader for each file that fits a pattern. */
interface ImportMeta {
  glob<Module>(pattern: string): Readonly<Record<string, () => Promise<Module>>>;
  glob<Module>(pattern: string, how: { readonly eager: true }): Readonly<Record<string, Module>>;
  glob(
    pattern: string,
    how: { readonly query: '?raw'; readonly import: 'default'; readonly eager: true },
  ): Readonly<Record<string, string>>;
}
