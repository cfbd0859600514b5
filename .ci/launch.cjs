#!/usr/bin/env node
// Runs the command. .ci/bundle.mjs puts this file to dist/cli/main.js and says why there are three.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { Script } = require('node:vm');

const filename = join(__dirname, 'command.js');
let cachedData;
try {
  cachedData = readFileSync(join(__dirname, 'command.cache'));
} catch {
  // It only saves time.
}
const script = new Script(readFileSync(filename, 'latin1'), { filename, ...(cachedData ? { cachedData } : {}) });
script.runInThisContext()(exports, require, module, pathToFileURL(filename).href);
module.exports = { script };
