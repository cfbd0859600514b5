// Runs the built command in one process as often as it is asked to: `node run-many.mjs dist/cli/command.js`, started by warm-command.ts.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const command = require.resolve(process.argv[2]);
const written = { 1: [], 2: [] };

const { writeSync } = fs;
/** What goes to the standard streams is kept: the command writes there by this alone where they are no terminals. */
fs.writeSync = (descriptor, bytes, offset = 0, ...rest) => {
  if (written[descriptor] === undefined) return writeSync(descriptor, bytes, offset, ...rest);
  const part = Buffer.from(bytes).subarray(offset);
  written[descriptor].push(part);
  return part.length;
};

function taken(descriptor) {
  return Buffer.concat(written[descriptor].splice(0)).toString();
}

process.on('message', async ({ argv, folder }) => {
  process.chdir(folder);
  process.argv = [...process.argv.slice(0, 2), ...argv];
  process.exitCode = undefined;
  // Its first file runs when it is loaded; the others stay as they are.
  delete require.cache[command];
  require(command);
  while (process.exitCode === undefined) await new Promise((resolve) => setImmediate(resolve));
  process.removeAllListeners('uncaughtException');
  process.send({ out: taken(1), err: taken(2), code: process.exitCode });
});
