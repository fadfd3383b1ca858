#!/usr/bin/env node
// Starts the command, and the gate among its subcommands from code that an earlier run has compiled.

import { join } from "node:path";
import { cachedRequire, codeCacheDirectory } from "./command/code-cache.ts";

cachedRequire(join(import.meta.dirname, "cli.cjs"), codeCacheDirectory())("./main.cjs");
