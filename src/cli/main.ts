#!/usr/bin/env node
/**
 * The `armlens` command. This folder is the only part of the product that knows of processes, files and terminals: a command takes
 * its world as an {@link Io}, calls the library, and prints what comes back.
 *
 * @module
 */
import { nodeIo } from './node-io.ts';
import { runGuarded, tellFailure } from './run.ts';

const io = nodeIo();
// What fails where nobody waits for it, such as a file that is closed behind our back.
process.on('uncaughtException', (error) => process.exit(tellFailure(error, io)));
runGuarded(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
