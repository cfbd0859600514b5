#!/usr/bin/env node
/**
 * The `armlens` command. This folder is the only part of the product that knows of processes, files and terminals: a command takes
 * its world as an {@link Io}, calls the library, and prints what comes back.
 *
 * @module
 */
import { nodeIo } from './node-io.ts';
import { runGuarded } from './run.ts';

runGuarded(process.argv.slice(2), nodeIo()).then((code) => {
  process.exitCode = code;
});
