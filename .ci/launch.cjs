#!/usr/bin/env node
// Runs the command. .ci/bundle.mjs puts this file to dist/cli/main.js.
const { enableCompileCache } = require('node:module');
// Where Node can (22.8 on), it keeps what it compiles for the next start, in a folder of the machine that it runs on. What one Node has
// compiled must never be shipped: another patch release or architecture takes it for its own, and crashes.
if (enableCompileCache) enableCompileCache();
require('./command.js');
