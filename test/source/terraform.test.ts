// Addresses of real plans, found in the configurations that they were made from.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: those are Terraform's templates.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAddress } from "../../src/plan/address.ts";
import { locator } from "../../src/source/locate.ts";
import { moduleReader, placeInTerraform } from "../../src/source/terraform.ts";
import { findings, fixture } from "../support/plans.ts";
import { directory } from "./project.ts";

const lineOf = ({ file, line }: { readonly file: string; readonly line: number }): string =>
  readFileSync(file, "utf8").split("\n")[line - 1] ?? "";

/** The resource in whose block a line stands: formatted files begin a block at the start of a line. */
const resourceAround = ({ file, line }: { readonly file: string; readonly line: number }): string | undefined =>
  readFileSync(file, "utf8")
    .split("\n")
    .slice(0, line)
    .findLast((one) => /^\S.*\{$/.test(one));

/** What stands between the head of a resource and its end. */
const bodyAfter = ({ file, line }: { readonly file: string; readonly line: number }): string => {
  const lines = readFileSync(file, "utf8").split("\n").slice(line);
  return lines.slice(0, lines.indexOf("}")).join("\n");
};

/** The names and the quoted keys of a path. */
const names = (path: string): string[] =>
  parseAddress(path).flatMap((step) => ("name" in step ? [step.name] : typeof step.key === "string" ? [step.key] : []));

const configurations = readdirSync("test/plans").filter((name) =>
  readdirSync(`test/plans/${name}`).includes("main.tf"),
);

test.each(configurations)(
  "%s: every finding stands in its resource, at the attribute or the block that lacks it",
  (name) => {
    const plan = fixture(name);
    const locate = locator(`test/plans/${name}`, plan);
    for (const { address, at, outcome } of findings(plan)) {
      if (outcome === "pass") continue;
      const place = locate({ address, at });
      if (!place) throw new Error(`${address} is not found.`);
      const [, type, label] =
        /(?:^|\.)(\w+)\.([\w-]+)(?:\[.*)?$/.exec(address.replaceAll(/\["(?:[^"\\]|\\.)*"\]/g, "")) ?? [];
      expect(resourceAround(place), address).toBe(`resource "${type}" "${label}" {`);
      const line = lineOf(place);
      if (line === resourceAround(place)) {
        // What is said of the resource as a whole stands at its head, and what it lacks.
        const lacked = new RegExp(`^  (dynamic ")?${names(at)[0]}\\b`, "m");
        if (at !== "") expect(bodyAfter(place), address).not.toMatch(lacked);
        continue;
      }
      const written = names(at).filter((one) => new RegExp(`\\b${one}\\b`).test(line));
      expect(written, `${address} ${at}: ${line}`).not.toEqual([]);
      // An element of a list stands behind its name.
      if (!at.endsWith("]"))
        expect(line.slice(place.column - 1)).toMatch(new RegExp(`^(dynamic |)"?(${written.join("|")})\\b`));
    }
  },
);

test.each(["minimum-tls-1-2", "https-only", "aws-tls-versions-for-each", "awkward-nested-modules"])(
  "%s: a value that fails is shown in the line that sets it",
  (name) => {
    const plan = fixture(name);
    const locate = locator(`test/plans/${name}`, plan);
    const set = findings(plan).filter(
      ({ outcome, policy }) => outcome === "fail" && ["minimum-tls-1-2", "https-only"].includes(policy),
    );
    const lines = set
      .flatMap((one) => locate(one) ?? [])
      .map(lineOf)
      .filter((line) => line.includes("="));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/^\s*(minimum_protocol_version|viewer_protocol_policy)\s*=/);
  },
);

test("origins of real plans, which are sets, are told apart", () => {
  let moved = 0;
  for (const name of configurations) {
    const plan = fixture(name);
    const locate = locator(`test/plans/${name}`, plan);
    for (const { address, type, after } of plan.instances) {
      const origins = type === "aws_cloudfront_distribution" ? after?.values.origin : undefined;
      if (!Array.isArray(origins)) continue;
      const lines = origins.map((_, index) => locate({ address, at: `origin[${index}].origin_id` })!.line);
      if (lines.join() !== [...lines].sort((one, other) => one - other).join()) moved++;
      for (const [index, { origin_id: id }] of (origins as { origin_id: unknown }[]).entries()) {
        const place = locate({ address, at: `origin[${index}].origin_id` });
        const [, literal] = /origin_id += "([^"$]*)"/.exec(lineOf(place!)) ?? [];
        if (literal !== undefined) expect(literal, `${name} ${address} ${index}`).toBe(id);
      }
    }
  }
  // Otherwise this shows nothing.
  expect(moved).toBeGreaterThan(0);
});

test("a finding in Terraform's JSON syntax is shown at its key", () => {
  const name = "awkward-json-syntax";
  const plan = fixture(name);
  const locate = locator(`test/plans/${name}`, plan);
  const shown = findings(plan)
    .filter(({ outcome, at }) => outcome !== "pass" && at.endsWith("minimum_protocol_version"))
    .map((one) => locate(one));
  expect(shown.length).toBeGreaterThan(0);
  for (const place of shown) {
    expect(lineOf(place!).slice(place!.column - 1)).toMatch(/^"(minimum_protocol_version|viewer_certificate)": /);
  }
});

/** Writes files below a new directory; what it finds there is shown as the file and the line from that place on. */
function configuration(files: { readonly [path: string]: string }) {
  const root = directory("terraform");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return (address: string, at: string, planned?: unknown) => {
    const place = placeInTerraform(root, { address, at }, moduleReader(), planned);
    return place && `${place.file.slice(root.length + 1)}: ${lineOf(place).slice(place.column - 1)}`;
  };
}

describe("modules", () => {
  const site = 'resource "x_site" "this" {\n  tls = var.tls\n}\n';

  test("of the repository are followed, by their calls' sources", () => {
    const find = configuration({
      "main.tf": 'module "web" {\n  source = "./modules/web"\n  count = 2\n}\n',
      "modules/web/main.tf": 'module "inner" {\n  source = "../inner"\n}\n',
      "modules/inner/site.tf": site,
    });
    expect(find('module.web[1].module.inner["a.b"].x_site.this[0]', "tls")).toBe(
      "modules/inner/site.tf: tls = var.tls",
    );
  });

  test("from elsewhere are shown at their call, at the argument of that name", () => {
    const find = configuration({
      "main.tf": `
        module "cdn" {
          source = "terraform-aws-modules/cloudfront/aws"
          viewer_certificate = {
            minimum_protocol_version = "TLSv1"
          }
          minimum_tls = "x"
        }
      `,
      // What init has fetched is nothing that can be edited.
      ".terraform/modules/modules.json": JSON.stringify({ Modules: [{ Key: "cdn", Dir: ".terraform/modules/cdn" }] }),
      ".terraform/modules/cdn/main.tf": site,
    });
    expect(find("module.cdn.x_site.this[0]", "viewer_certificate[0].minimum_protocol_version")).toBe(
      'main.tf: minimum_protocol_version = "TLSv1"',
    );
    expect(find("module.cdn.x_site.this[0]", "server[0].minimum_tls")).toBe('main.tf: minimum_tls = "x"');
    expect(find("module.cdn.module.deeper.x_site.this", "other")).toBe('main.tf: module "cdn" {');
    expect(find("module.cdn", "")).toBe('main.tf: module "cdn" {');
  });

  test("with a computed source stand where init found them", () => {
    const Modules = [
      { Key: "", Dir: "." },
      { Key: "web", Dir: "modules/blue" },
    ];
    const find = configuration({
      "main.tf": 'module "web" {\n  source = "./${var.kind}"\n}\n',
      ".terraform/modules/modules.json": JSON.stringify({ Modules }),
      "modules/blue/main.tf": site,
    });
    expect(find("module.web.x_site.this", "tls")).toBe("modules/blue/main.tf: tls = var.tls");
  });

  test.each(["null", "{", '{"Modules":{}}', '{"Modules":[{"Key":"web","Dir":".terraform/modules/web"}]}'])(
    "with a computed source, and nothing that can be edited, are shown at their call: %s",
    (text) => {
      const main = 'module "web" {\n  source = "./${var.kind}"\n}\n';
      const fetched = { ".terraform/modules/modules.json": text, ".terraform/modules/web/main.tf": site };
      const find = configuration({ "main.tf": main, ...fetched });
      expect(find("module.web.x_site.this", "tls")).toBe('main.tf: module "web" {');
    },
  );
});

test("data sources are found beside resources of the same name", () => {
  const find = configuration({ "a.tf": 'resource "x" "y" {\n}\n', "b.tf": 'data "x" "y" {\n  z = 1\n}\n' });
  expect(find("data.x.y[0]", "z")).toBe("b.tf: z = 1");
  expect(find("x.y", "")).toBe('a.tf: resource "x" "y" {');
});

test("an override file has the last word, where it says anything", () => {
  const find = configuration({
    "main.tf": 'resource "x" "y" {\n  a = 1\n  b = 1\n}\n',
    "prod_override.tf": 'resource "x" "y" {\n  b = 2\n}\n',
  });
  expect(find("x.y", "a")).toBe("main.tf: a = 1");
  expect(find("x.y", "b")).toBe("prod_override.tf: b = 2");
  expect(find("x.y", "c")).toBe('main.tf: resource "x" "y" {');
});

test("values of lists and maps are found one by one", () => {
  const find = configuration({
    "main.tf": 'resource "x" "y" {\n  a = [\n    "b",\n    "c",\n  ]\n  d = { "e.f" = 1 }\n}\n',
  });
  expect(find("x.y", "a[1]")).toBe('main.tf: "c",');
  expect(find("x.y", "a[2]")).toBe("main.tf: a = [");
  expect(find("x.y", 'd["e.f"]')).toBe('main.tf: "e.f" = 1 }');
});

describe("blocks that are repeated", () => {
  const find = configuration({
    "main.tf": `
      resource "x" "y" {
        origin {
          id       = "a"
          protocol = "first"
        }
        dynamic "origin" {
          for_each = var.more
          content {
            id       = origin.key
            protocol = "more"
          }
        }
        origin {
          id       = "b"
          port     = "80"
          protocol = "last"
        }
      }
    `,
  });

  test("are told apart by what the plan says of them, as a set has an order of its own", () => {
    const planned = { origin: [{ id: "b", port: 80 }, { id: "a" }, { id: "c" }] };
    expect(find("x.y", "origin[0].protocol", planned)).toBe('main.tf: protocol = "last"');
    expect(find("x.y", "origin[1].protocol", planned)).toBe('main.tf: protocol = "first"');
    expect(find("x.y", "origin[2].protocol", planned)).toBe('main.tf: protocol = "more"');
  });

  test("are counted where there is no plan", () => {
    expect(find("x.y", "origin[0].protocol")).toBe('main.tf: protocol = "first"');
    expect(find("x.y", "origin[1].protocol")).toBe('main.tf: protocol = "more"');
    expect(find("x.y", "origin[7].protocol")).toBe('main.tf: protocol = "last"');
    expect(find("x.y", "origin[1].missing")).toBe('main.tf: dynamic "origin" {');
  });
});

test("texts of a set, which the plan sorts, are found by what they say", () => {
  const find = configuration({
    "main.tf": 'resource "x" "y" {\n  names = [\n    "b",\n    var.c,\n    "a",\n  ]\n}\n',
  });
  const planned = { names: ["a", "b", "c"] };
  expect(find("x.y", "names[0]", planned)).toBe('main.tf: "a",');
  expect(find("x.y", "names[1]", planned)).toBe('main.tf: "b",');
  expect(find("x.y", "names[2]", planned)).toBe("main.tf: var.c,");
  expect(find("x.y", "names[0]")).toBe('main.tf: "b",');
});

test("what is nowhere has no place", () => {
  const find = configuration({ "main.tf": 'resource "x" "y" {}' });
  for (const address of ["x.z", "data.x.y", "module.a.x.y", "x", "", "[", "module"]) {
    expect(find(address, "a"), address).toBeUndefined();
  }
  const missing = join(directory("empty"), "missing");
  expect(placeInTerraform(missing, { address: "x.y", at: "" }, moduleReader())).toBeUndefined();
});
