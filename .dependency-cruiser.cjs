// The order in which a bit travels; an import may only point at an earlier layer (or the layer itself).
const LAYERS = [
  'bits',
  'logic',
  'arch',
  'silicon',
  'hypervisor',
  'linux',
  'rows',
  'process',
  'runtime',
  'answers',
  'formats',
  'recorder',
  'cli',
];
const EDGES = ['cli', 'web'];
const upward = LAYERS.slice(0, -1).map((layer, i) => ({
  name: `${layer}-looks-only-down`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: `^src/(${LAYERS.slice(i + 1).join('|')}|web)/` },
}));
module.exports = {
  forbidden: [
    ...upward,
    // What the kernel's tables say is asked of linux/, through linux/release/history.ts.
    {
      name: 'tables-of-linux-have-one-door',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/linux/' },
      to: { path: '^src/linux/generated/' },
    },
    // Versions are read and compared there alone; others ask linux/release/known-trees.ts which release is older, after, of which series.
    {
      name: 'versions-have-one-door',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(linux/|index\\.ts$)' },
      to: { path: '^src/linux/release/release\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'edges-never-meet',
      severity: 'error',
      from: { path: `^src/(${EDGES.join('|')})/` },
      to: { path: `^src/(${EDGES.join('|')})/`, pathNot: '^src/$1/' },
    },
    // The command records; a browser cannot.
    { name: 'web-records-nothing', severity: 'error', from: { path: '^src/web/' }, to: { path: '^src/recorder/' } },
    // Types may point both ways, and a module may fetch later what it belongs to; no module needs itself to load.
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'library-runs-in-a-browser',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|recorder)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'library-has-no-dependency',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|web|recorder)/' },
      to: { path: 'node_modules' },
    },
  ],
  options: { tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' }, tsConfig: { fileName: 'tsconfig.json' } },
};
