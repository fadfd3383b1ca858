// The pages of a registry in a real Chromium: readable at each width and without scripts, searchable, and safe with what a
// module's author writes. SCREENSHOTS=FOLDER keeps pictures of them.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { directoryStore } from "../../src/registry/directory-store.ts";
import type { ModuleDocument } from "../../src/registry/module-document.ts";
import { publish, withdraw } from "../../src/registry/publish.ts";
import { builtVersion, temporaryDirectories } from "../support/registry.ts";
import { type Browser, type ContextOptions, findChromium, openChromium } from "./chromium.ts";

const program = findChromium();
const directory = temporaryDirectories();

const waiver = {
  policy: "https-only",
  address: "aws_cloudfront_distribution.kiosk",
  reason: "Kiosk firmware cannot follow redirects.",
  owner: "web@example.com",
  expires: "2027-03-31",
};

/** A module with all that a page can show; what its author writes tries to be markup. */
function described(document: ModuleDocument): ModuleDocument {
  const evil = '<img src=x onerror="document.title=1"><script>document.title = 2</script>';
  const inputs = [
    { name: "domains", type: "list(string)", description: `Names. ${evil}`, default: undefined, isSensitive: false },
    {
      name: "rules",
      type: "list(object({\n  name = string\n  port = optional(number)\n}))",
      description: "Rules.",
      default: [],
      isSensitive: false,
    },
    { name: "secret", type: "string", description: "A secret.", default: "s3cret", isSensitive: true },
  ];
  return {
    ...document,
    description: `A website ${evil}.`,
    readme: `# Website\n\nA [link](javascript:alert(1)) and ${evil}.\n\n## Use\n\n\`\`\`hcl\nmodule "site" {}\n\`\`\`\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n`,
    interface: {
      requiredVersion: ">= 1.9",
      providers: [{ name: "aws", source: "hashicorp/aws", version: ">= 5", aliases: ["aws.us_east_1"] }],
      inputs,
      outputs: [{ name: "url", description: "Where it is.", isSensitive: false }],
      resourceTypes: ["aws_s3_bucket"],
      calls: [],
    },
    submodules: [{ name: "logs", interface: { ...document.interface, inputs: inputs.slice(1, 2) } }],
    verification: {
      ...document.verification,
      examples: document.verification.examples.map((one) => ({ ...one, failed: 1, waivers: [waiver] })),
    },
  };
}

const screens = {
  "1280 px, light": { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  "1280 px, dark": { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  "390 px": { colorScheme: "light", viewport: { width: 390, height: 844 } },
  "390 px, without scripts": { javaScriptEnabled: false, viewport: { width: 390, height: 844 } },
} as const satisfies { readonly [name: string]: ContextOptions };

describe.runIf(program)("a registry in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  let root: string;
  const pages = [
    "index.html",
    "v1/modules/example/site/aws/1.1.0/index.html",
    "v1/modules/example/site/aws/1.0.0/index.html",
  ];

  beforeAll(async () => {
    browser = await openChromium(program ?? "");
    root = directory();
    const store = directoryStore(root);
    const published = async (address: string, version: string, change = (one: ModuleDocument) => one) => {
      const built = await builtVersion(address, version);
      await publish(store, [{ ...built, document: change(built.document) }], new Date("2026-11-30T12:00:00Z"));
    };
    await published("example/site/aws", "1.0.0");
    await published("example/site/aws", "1.1.0", described);
    await published("example/certificate/aws", "2.0.0");
    await published("example/old/aws", "1.0.0");
    await withdraw(store, "example/site/aws", "1.0.0", "It serves plain HTTP.", new Date("2026-11-30T12:00:00Z"));
    await withdraw(store, "example/old/aws", "1.0.0", "Nobody needs it.", new Date("2026-11-30T12:00:00Z"));
  }, 120_000);
  afterAll(() => browser?.close());

  async function opened(
    path: string,
    options: ContextOptions,
    look: (page: Page, troubles: string[]) => Promise<void>,
  ) {
    const context = await browser.context(options);
    const page = await context.newPage();
    const troubles: string[] = [];
    const url = pathToFileURL(join(root, path)).href;
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("request", (request) => request.url() !== url && troubles.push(request.url()));
    await page.goto(url);
    await look(page, troubles);
    await context.close();
  }

  const cases = pages.flatMap((path) =>
    Object.entries(screens).map(([screen, options]) => [path, screen, options] as const),
  );

  test.each(cases)(
    "%s at %s fits, loads nothing, and runs nothing of a module's author",
    async (path, screen, options) => {
      await opened(path, options, async (page, troubles) => {
        expect(troubles).toEqual([]);
        expect(await page.title()).not.toMatch(/^[12]$/);
        if (process.env.SCREENSHOTS) {
          const name = `${path.replaceAll("/", "-")} ${screen}.png`;
          await page.screenshot({ path: join(process.env.SCREENSHOTS, name), fullPage: true });
        }
        // Without scripts the page cannot be asked for its width.
        if ("javaScriptEnabled" in options) return;
        const [inner, scrolled] = (await page.evaluate("[innerWidth, document.documentElement.scrollWidth]")) as [
          number,
          number,
        ];
        expect(scrolled).toBeLessThanOrEqual(inner);
      });
    },
  );

  test.each(cases.filter(([, , options]) => !("javaScriptEnabled" in options)))(
    "%s at %s has nothing that keeps people from reading it",
    async (path, _, options) => {
      await opened(path, options, async (page) => {
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate("axe.run()")) as axe.AxeResults;
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      });
    },
  );

  test("the catalog lists all modules without scripts, and hides the search that needs them", async () => {
    await opened("index.html", screens["390 px, without scripts"], async (page) => {
      expect(await page.locator("article:visible h2").allTextContents()).toEqual([
        "example/certificate/aws",
        "example/old/aws",
        "example/site/aws",
      ]);
      expect(await page.locator("form").isVisible()).toBe(false);
      const texts = (await page.locator("article").allTextContents()).map((text) => text.replace(/\s+/g, " "));
      expect(texts[0]).toContain("2.0.0, published 2026-11-30 · passes");
      expect(texts[1]).toContain("All versions are withdrawn.");
      expect(texts[2]).toContain("1.1.0, published 2026-11-30 · passes, with waivers for https-only · 2 versions");
    });
  });

  test("the search finds modules by all words", async () => {
    await opened("index.html", screens["1280 px, light"], async (page) => {
      const shown = () => page.locator("article:visible h2").allTextContents();
      await page.getByLabel("Search").fill("cert aws");
      expect(await shown()).toEqual(["example/certificate/aws"]);
      expect(await page.getByRole("status").textContent()).toBe("1 of 3 modules");
      await page.getByLabel("Search").fill("nothing like it");
      expect(await shown()).toEqual([]);
    });
  });

  test("a version's page says how to call it, what it takes and gives, and what is waived", async () => {
    await opened(pages[1] ?? "", screens["1280 px, light"], async (page) => {
      const text = async (name: string) =>
        (await page.getByRole("region", { name, exact: true }).first().textContent()) ?? "";
      expect(await text("Source block")).toBe(
        [
          'module "site" {',
          '  source  = "HOST/example/site/aws"',
          '  version = "~> 1.1"',
          "",
          "  domains = … # list(string)",
          "",
          "  providers = {",
          "    aws.us_east_1 = aws.us_east_1",
          "  }",
          "}",
        ].join("\n"),
      );
      expect(await text("Pinned source")).toMatch(
        /^source = "https:\/\/HOST\/v1\/modules\/example\/site\/aws\/1\.1\.0\/module\.tar\.gz\?checksum=sha256:[0-9a-f]{64}"$/,
      );
      expect(await text("Type of rules")).toBe("list(object({\n  name = string\n  port = optional(number)\n}))");
      expect(await text("Waivers")).toContain(waiver.reason);
      expect(await page.content()).not.toContain("s3cret");
      expect(await page.locator("summary").allTextContents()).toEqual(["Submodule //modules/logs"]);
      // The author's markup is text.
      expect(await page.locator(".readme").textContent()).toContain("<script>document.title = 2</script>");
      expect(await page.locator(".readme a").getAttribute("href")).toBe("");
      expect(await page.locator(".readme h1, .readme h2").count()).toBe(0);
    });
  });

  test("a withdrawn version's page says why, and what to use instead", async () => {
    await opened(pages[2] ?? "", screens["1280 px, light"], async (page) => {
      expect(await page.locator(".notice").textContent()).toBe(
        "Withdrawn on 2026-11-30: It serves plain HTTP. Use 1.1.0.",
      );
      await page.getByRole("link", { name: "1.1.0" }).first().click();
      expect(await page.locator("h1").textContent()).toBe("example/site/aws 1.1.0");
      await page.getByRole("link", { name: "All modules" }).click();
      expect(await page.locator("h1").textContent()).toBe("Terraform modules");
    });
  });
});
