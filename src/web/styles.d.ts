/** Styles that lie beside a view; the bundler puts them on the page with it. */
declare module '*.css';
