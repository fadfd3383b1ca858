#!/usr/bin/env node
// Starts the command from V8's code cache, which spares compiling it: a third of the time of a short run.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

const filename = join(import.meta.dirname, "main.cjs");

/** Written by the build. V8 refuses a cache of another version of itself, and compiles as ever. */
function cachedData(): Buffer | undefined {
  try {
    return readFileSync(`${filename}.cache`);
  } catch {
    return undefined;
  }
}

// esbuild writes ASCII, which is read faster as what it is.
const source = `(function (require, __filename, __dirname) {${readFileSync(filename, "latin1")}\n})`;
const main = new Script(source, { filename, cachedData: cachedData() });
main.runInThisContext()(createRequire(filename), filename, import.meta.dirname);
