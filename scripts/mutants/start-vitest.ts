// Vitest as a mutation run needs it: the tests of sources, one worker, and modules whose text is changed as they are loaded.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVitest, type InlineConfig, type Vitest } from "vitest/node";
import config from "../../vitest.config.ts";

/**
 * Tests that start processes, or load the built package, see no mutant; those of the constructs, of reports and of the
 * configuration are about other code.
 */
const { projects = [], testTimeout = 30_000 } = config.test ?? {};
const ofSources = (projects as { test?: InlineConfig }[]).find(({ test }) => test?.name === "source")?.test;
if (!ofSources) throw new Error("vitest.config.ts has no project source");
const others = ["scripts", "modules", "gate", "source", "report", "browser", "config"].map((name) => `test/${name}/**`);
const exclude = [...(ofSources.exclude ?? []), ...others, "test/docs.test.ts", "test/house-rules.test.ts"];

/** What the tests let Terraform plan. */
const planned = mkdtempSync(join(tmpdir(), "tlsgate-planned-"));
process.on("exit", () => rmSync(planned, { recursive: true, force: true }));

/** `textOf` says what stands in a file instead of its text, if anything. */
export const startVitest = (
  textOf: (path: string) => string | undefined,
  settings: InlineConfig = {},
): Promise<Vitest> =>
  createVitest(
    "test",
    // One worker a run, so that the modules are loaded once for all its tests.
    {
      ...ofSources,
      exclude,
      testTimeout,
      config: false,
      watch: false,
      isolate: false,
      maxWorkers: 1,
      bail: 1,
      update: false,
      execArgv: ["--disable-warning=MaxListenersExceededWarning"],
      reporters: [{}],
      ...settings,
      env: { MUTANTS_PLANNED: planned, ...settings.env },
    },
    { plugins: [{ name: "mutate", enforce: "pre", transform: (_, id) => textOf(id) ?? null }] },
  );
