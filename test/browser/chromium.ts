// A real Chromium without a window, which reaches nothing but files, in a profile of its own.

import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

/** As distributions name it. */
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** CHROMIUM, or the first in the PATH. Where there is none the tests say so, and in CI they fail. */
export function findChromium(): string | undefined {
  const { CHROMIUM, PATH = "" } = process.env;
  const inPath = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = CHROMIUM ? [CHROMIUM] : inPath;
  const browser = found.find(isProgram);
  if (browser) return browser;
  const missing = CHROMIUM
    ? `CHROMIUM is ${CHROMIUM}, which is no program`
    : `there is no ${names.join(", ")} in the PATH`;
  if (process.env.CI) throw new Error(`${missing}: the HTML report cannot be looked at.`);
  console.warn(`NOT TESTED: ${missing}, so nobody has looked at the HTML report in a browser.`);
  return undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Browser {
  readonly context: (options?: ContextOptions) => Promise<BrowserContext>;
  readonly close: () => Promise<void>;
}

export type ContextOptions = Parameters<Awaited<ReturnType<typeof chromium.launch>>["newContext"]>[0];

export async function openChromium(executablePath: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), "tlsgate-chromium-"));
  const quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const running = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    chromiumSandbox: false,
    args: ["--no-sandbox", ...quiet, "--no-first-run"],
  });
  const browser = running.browser();
  if (!browser) throw new Error("Chromium has not started.");
  return {
    context: (options) => browser.newContext({ offline: true, ...options }),
    close: async () => {
      await running.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
