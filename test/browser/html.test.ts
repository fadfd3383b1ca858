// The report to look at, in a real Chromium: what is seen, heard, filtered and printed, and that nothing is loaded.
// SCREENSHOTS=FOLDER keeps pictures of it for people to look at.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PlanReport } from "../../src/report/report.ts";
import { pageOf } from "../support/html.ts";
import { finding, planReport, planWith } from "../support/report.ts";
import { type Browser, type ContextOptions, findChromium, openChromium } from "./chromium.ts";

const program = findChromium();

const plans = [
  "insecure-website",
  "secure-website",
  "multi-aws-cloudflare",
  "aws-update-good-to-bad",
  "hostile-names",
  "kubernetes-bad",
  "azurerm4-good",
  "awkward-origins",
];

const screens = {
  "a wide window, light": { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  "a wide window, dark": { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  "a phone": { colorScheme: "light", viewport: { width: 390, height: 844 } },
} as const satisfies { readonly [name: string]: ContextOptions };

describe.runIf(program)("the report in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), "tlsgate-html-"));

  beforeAll(async () => {
    browser = await openChromium(program ?? "");
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Opened {
    readonly page: Page;
    /** What went wrong, and what was asked for beside the file. */
    readonly troubles: readonly string[];
  }

  async function open(html: string, options: ContextOptions = screens["a wide window, light"]): Promise<Opened> {
    const file = join(folder, "report.html");
    writeFileSync(file, html);
    const context = await browser.context(options);
    const page = await context.newPage();
    const troubles: string[] = [];
    const url = pathToFileURL(file).href;
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("dialog", (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => request.url() !== url && troubles.push(request.url()));
    page.on("requestfailed", (request) => troubles.push(`failed: ${request.failure()?.errorText}`));
    await page.goto(url);
    return { page, troubles };
  }

  const closing = async (html: string, look: (opened: Opened) => Promise<void>, options?: ContextOptions) => {
    const opened = await open(html, options);
    try {
      await look(opened);
    } finally {
      await opened.page.context().close();
    }
  };

  const keep = async (page: Page, name: string) => {
    const { SCREENSHOTS } = process.env;
    if (!SCREENSHOTS) return;
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: join(SCREENSHOTS, `${name.replace(/\W+/g, "-")}.png`), fullPage: true });
  };

  describe.each(Object.entries(screens))("on %s", (name, screen) => {
    test.each(plans)("%s loads nothing, fits, and is accessible", async (plan) => {
      await closing(
        pageOf(plan),
        async ({ page, troubles }) => {
          await keep(page, `${plan} ${name}`);
          const { width } = screen.viewport;
          expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
          await page.locator("details").evaluateAll((all) => {
            for (const fold of all) fold.setAttribute("open", "");
          });
          await page.evaluate(axe.source);
          const { violations, passes } = await page.evaluate(async () => {
            const found = await (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ["violations"] });
            return {
              passes: found.passes.length,
              violations: found.violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html }) => html)]),
            };
          });
          expect(violations).toEqual([]);
          expect(passes).toBeGreaterThan(20);
          expect(troubles).toEqual([]);
        },
        screen,
      );
    });
  });

  const colour = (locator: Locator, property: "color" | "backgroundColor" = "color") =>
    locator.evaluate((element, name) => element.ownerDocument.defaultView?.getComputedStyle(element)[name], property);

  /** How much redder a colour is than it is green or blue. */
  const redness = (text: string): number => {
    const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return red - Math.max(green, blue);
  };

  test.each(["hostile-names", "kubernetes-bad", "awkward-origins"])("%s fits the narrowest phone", async (plan) => {
    await closing(
      pageOf(plan),
      async ({ page }) => expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320),
      { viewport: { width: 320, height: 640 } },
    );
  });

  test.each(["light", "dark"] as const)("what fails is red, what is unknown grey, in the %s", async (colorScheme) => {
    await closing(
      pageOf("aws-update-good-to-bad"),
      async ({ page }) => {
        const planned = page.locator(".moment").nth(1);
        expect(redness(await colour(planned.locator(".part.is-fail").first()))).toBeGreaterThan(60);
        const wire = await planned
          .locator(".hop")
          .first()
          .evaluate((hop) => hop.ownerDocument.defaultView?.getComputedStyle(hop, "::before").borderLeftColor);
        expect(redness(wire)).toBeGreaterThan(60);
        const grey = await colour(planned.locator(".part.is-unknown").first());
        expect(Math.abs(redness(grey))).toBeLessThan(30);
        const body = await colour(page.locator("body"), "backgroundColor");
        const [light = 0] = (body.match(/\d+/g) ?? []).map(Number);
        expect(light > 128).toBe(colorScheme === "light");
      },
      { colorScheme, viewport: { width: 1280, height: 900 } },
    );
  });

  test("before and after stand side by side, and one below the other on a phone", async () => {
    const html = pageOf("aws-update-good-to-bad");
    const boxes = async (page: Page) => {
      const both = await page.locator(".moment").all();
      return Promise.all(both.map(async (one) => (await one.boundingBox()) ?? { x: -1, y: -1 }));
    };
    await closing(html, async ({ page }) => {
      const [today, planned] = await boxes(page);
      expect(planned?.y).toBe(today?.y);
      expect(planned?.x).toBeGreaterThan(today?.x ?? 0);
      expect(await page.locator(".moment h4").allInnerTexts()).toEqual(["Today", "After the apply changed"]);
    });
    await closing(
      html,
      async ({ page }) => {
        const [today, planned] = await boxes(page);
        expect(planned?.x).toBe(today?.x);
        expect(planned?.y).toBeGreaterThan(today?.y ?? 0);
      },
      screens["a phone"],
    );
  });

  test("a way runs from the viewer on the left to the origin on the right, and down on a phone", async () => {
    const html = pageOf("insecure-website");
    const places = async (page: Page) => {
      const steps = await page.locator(".way > li").all();
      return Promise.all(steps.map(async (one) => (await one.boundingBox()) ?? { x: -1, y: -1 }));
    };
    await closing(html, async ({ page }) => {
      const across = (await places(page)).map(({ x }) => x);
      expect(across).toHaveLength(5);
      expect(across).toEqual([...across].sort((one, other) => one - other));
      expect(new Set(across).size).toBe(5);
    });
    await closing(
      html,
      async ({ page }) => {
        const down = (await places(page)).map(({ y }) => y);
        expect(down).toEqual([...down].sort((one, other) => one - other));
        expect(new Set(down).size).toBe(5);
      },
      screens["a phone"],
    );
  });

  describe("filters", () => {
    const rows = (page: Page) => page.locator("tbody tr:visible");
    const status = (page: Page) => page.getByRole("status").innerText();
    const html = pageOf("insecure-website", "secure-website", "aws-update-bad-to-good");

    const filtering = (look: (page: Page) => Promise<void>) =>
      closing(html, async ({ page, troubles }) => {
        expect(await status(page)).toMatch(/^\d+ checks$/);
        await look(page);
        expect(troubles).toEqual([]);
      });

    test("by outcome, which opens what passes", () =>
      filtering(async (page) => {
        await page.getByLabel("Outcome").selectOption("fail");
        const outcomes = await rows(page).evaluateAll((all) => all.map((row) => row.getAttribute("data-outcome")));
        expect(outcomes.length).toBeGreaterThan(5);
        for (const outcome of outcomes) expect(outcome).toContain("fail");
        expect(await page.locator("#plan-1").isVisible()).toBe(false);
        await page.getByLabel("Outcome").selectOption("pass");
        expect(await page.locator("#plan-1").isVisible()).toBe(true);
        expect(await rows(page).count()).toBeGreaterThan(20);
        const shown = await rows(page).evaluateAll(
          (all) => new Set(all.map((row) => row.getAttribute("data-number"))).size,
        );
        expect(await status(page)).toMatch(new RegExp(`^${shown} of \\d+ checks$`));
      }));

    test("by policy and by change together", () =>
      filtering(async (page) => {
        await page.getByLabel("Policy").selectOption("https-only");
        await page.getByLabel("Change").selectOption("fixed");
        expect(await rows(page).count()).toBe(1);
        expect(await rows(page).innerText()).toContain("https-only");
        expect(await status(page)).toMatch(/^1 of \d+ checks$/);
        expect(await page.locator(".card:visible").count()).toBe(1);
      }));

    test("by all words of a text, in any order, and says when nothing is left", () =>
      filtering(async (page) => {
        const text = page.getByLabel("Text");
        await text.fill("DOWNLOADS plain");
        expect(await rows(page).count()).toBe(1);
        await text.fill("no such thing");
        expect(await rows(page).count()).toBe(0);
        expect(await page.getByText("Nothing matches these filters.").isVisible()).toBe(true);
        expect(await page.locator(".card:visible").count()).toBe(0);
        await page.getByRole("button", { name: "Show all" }).click();
        await page.locator(".card").first().waitFor();
        expect(await page.locator(".card:visible").count()).toBe(4);
        expect(await page.locator("details.passes[open]").count()).toBe(0);
        expect(await page.getByText("Nothing matches").isVisible()).toBe(false);
      }));

    test("of waived and known violations are offered where there are any", async () => {
      const waiver = { reason: "old", owner: "me", expires: "2027-03-31", ticket: undefined, writtenIn: "w.yaml" };
      const plan: PlanReport = planWith([
        finding({ waiver, refuses: false }),
        finding({ address: "test.b", baseline: "known" }),
        finding({ address: "test.c", baseline: "new" }),
      ]);
      await closing(pageOf(plan), async ({ page }) => {
        expect(await page.getByLabel("Outcome").locator("option").allInnerTexts()).toEqual([
          "All",
          "Refuses the plan (2)",
          "Fails (3)",
          "Waived (1)",
        ]);
        await page.getByLabel("Outcome").selectOption("waived");
        expect(await rows(page).count()).toBe(1);
        await page.getByLabel("Outcome").selectOption("");
        await page.getByLabel("Change").selectOption("known");
        expect(await rows(page).innerText()).toContain("known to the baseline");
      });
    });
  });

  test("all is there without script", async () => {
    await closing(
      pageOf("insecure-website"),
      async ({ page }) => {
        expect(await page.locator("form").isVisible()).toBe(false);
        expect(await page.locator(".way").count()).toBe(1);
        expect(await page.locator("tbody tr:visible").count()).toBe(8);
        await page.locator("details.passes > summary").click();
        expect(await page.locator("tbody tr:visible").count()).toBe(planReport("insecure-website").findings.length);
      },
      { ...screens["a wide window, light"], javaScriptEnabled: false },
    );
  });

  test("a plan that is full of markup and script runs none of it", async () => {
    const bad = `</script><script>document.title = "broken"</script><img src=x onerror="alert(1)"> "' onfocus=alert(1) autofocus x="`;
    const one = finding({ address: bad, at: bad, message: bad, fix: bad, policy: "own-policy", related: [`${bad}2`] });
    await closing(pageOf(planWith([one], { path: bad })), async ({ page, troubles }) => {
      expect(await page.locator("script").count()).toBe(1);
      expect(await page.locator("img").count()).toBe(0);
      expect(await page.title()).toContain("</script>");
      expect(await page.locator(".message").innerText()).toBe(bad);
      await page.getByLabel("Text").fill(bad);
      expect(await page.locator("tbody tr:visible").count()).toBe(1);
      expect(troubles).toEqual([]);
    });
  });

  test("even markup that got in would load and run nothing", async () => {
    const injected = `<script>document.title = "broken"</script><img src="https://example.com/x.png"><b onclick="document.title = 'broken'">click</b></main>`;
    await closing(pageOf("secure-website").replace("</main>", injected), async ({ page, troubles }) => {
      await page.locator("b[onclick]").click();
      expect(await page.title()).not.toBe("broken");
      expect(troubles.filter((one) => one.includes("Content Security Policy"))).toHaveLength(3);
      expect(troubles.filter((one) => one.startsWith("failed: "))).toEqual(["failed: csp"]);
    });
  });

  test("has its landmarks, headings and tables by their roles", async () => {
    await closing(
      pageOf("insecure-website", "secure-website"),
      async ({ page }) => {
        for (const role of ["banner", "navigation", "search", "main", "contentinfo"] as const)
          expect(await page.getByRole(role).count()).toBe(1);
        const levels = await page.getByRole("heading").evaluateAll((all) => all.map((one) => Number(one.tagName[1])));
        expect(levels[0]).toBe(1);
        const steps = levels.map((level, index) => level - (levels[index - 1] ?? level));
        expect(Math.max(...steps)).toBe(1);
        // On a phone too, where the table is laid out as a list.
        const table = page.getByRole("table", { name: "What fails or is unknown of aws_cloudfront_distribution.site" });
        expect(await table.getByRole("row").count()).toBe(8);
        expect(await table.getByRole("row").first().getByRole("cell").count()).toBe(4);
        expect(await page.getByRole("img", { name: /^Of 38 checks, 8 failing/ }).count()).toBe(1);
      },
      screens["a phone"],
    );
  });

  test("is walked through by the keyboard, in the order that is seen", async () => {
    await closing(pageOf("insecure-website"), async ({ page }) => {
      const focused = () => page.evaluate<string>("document.activeElement.id || document.activeElement.textContent");
      const walked: unknown[] = [];
      for (let step = 0; step < 7; step++) {
        await page.keyboard.press("Tab");
        walked.push(await focused());
      }
      expect(walked).toEqual([
        "To the report",
        "filter-outcome",
        "filter-policy",
        "filter-change",
        "filter-text",
        "Show all",
        "https-only",
      ]);
      await page.keyboard.press("Enter");
      expect(await page.locator("#policy-https-only").getAttribute("open")).toBe("");
      expect(await page.getByText("One route that answers plain HTTP is enough").isVisible()).toBe(true);
      expect(await page.evaluate("document.activeElement.tagName")).toBe("SUMMARY");
      await page.locator(".skip").focus();
      await page.keyboard.press("Enter");
      expect(await focused()).toBe("report");
    });
  });

  test("on paper it is light, without its filters, and with what passes", async () => {
    await closing(
      pageOf("insecure-website"),
      async ({ page }) => {
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        expect(await page.locator("form").isVisible()).toBe(false);
        expect(await colour(page.locator("body"), "backgroundColor")).toBe("rgb(255, 255, 255)");
        const passes = page.locator("details.passes tbody tr").first();
        expect((await passes.boundingBox())?.height).toBeGreaterThan(10);
        const pdf = await page.pdf({ format: "A4" });
        expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
      },
      screens["a wide window, dark"],
    );
  });
});
