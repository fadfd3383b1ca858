// Attributes that a provider computes from a configuration alone, in plans that leave them unknown.

import { describe, expect, test } from "vitest";
import type { Template } from "../../src/plan/block-config.ts";
import type { ComputedAttributes } from "../../src/plan/computed-attributes.ts";
import { withConfiguration } from "../../src/plan/configured.ts";
import { type Resource, viewPlan } from "../../src/plan/view.ts";
import { type Change, plan } from "../support/made.ts";
import { planFileWith } from "../support/plan-file.ts";

const written = (document: Resource): Template | undefined =>
  document.value("text").state === "absent" ? undefined : ["<", ...(document.templates("text")[0] ?? []), ">"];

const attributes: ComputedAttributes = { made_document: { json: written } };

/** Each refers to the next one, and the last one to none. */
const [deep, deeper] = [16, 17].map((length) => Array.from({ length }, (_, index) => `of${length}_${index}`)) as [
  string[],
  string[],
];
const chained = (steps: readonly string[]): string =>
  steps
    .map((name, index) => {
      const next = steps[index + 1];
      return `data "made_document" "${name}" {\n  text = ${next ? `data.made_document.${next}.json` : '"end"'}\n}\n`;
    })
    .join("");

const main = `
data "made_document" "known" {
  text = "a"
}
data "made_document" "late" {
  text = made_thing.one.id
}
data "made_document" "nested" {
  text = data.made_document.late.json
}
data "made_document" "open" {
}
data "made_document" "itself" {
  text = data.made_document.itself.json
}
data "made_document" "secret" {
  text = var.secret
}
data "made_document" "long" {
  text = join("", [for x in range(1000) : "${"abc".repeat(100)}"])
}
data "made_document" "fits" {
  text = substr(join("", [for x in range(256) : "${"abcd".repeat(256)}"]), 0, 262142)
}
data "made_document" "over" {
  text = substr(join("", [for x in range(257) : "${"abcd".repeat(256)}"]), 0, 262143)
}
data "made_document" "parts" {
  text = "x\${join("-", concat(local.ids, slice(local.ids, 0, 1023)))}"
}
data "made_document" "pieces" {
  text = "x\${join("-", concat(local.ids, local.ids))}"
}
locals {
  ids = [for x in range(1024) : made_thing.one.id]
}
data "made_document" "counted" {
  count = 2
  text  = "x\${count.index}"
}
data "made_document" "chain" {
  count = 40
  text  = "\${data.made_document.chain[(count.index + 1) % 40].json} \${data.made_document.chain[(count.index + 2) % 40].json}"
}
data "constructor" "one" {
  text = "a"
}
${chained(deep)}${chained(deeper)}
variable "secret" {
  sensitive = true
}
resource "made_thing" "one" {}
resource "made_thing" "use" {
  known   = upper(data.made_document.known.json)
  direct  = data.made_document.late.json
  late    = "\${data.made_document.late.json}!"
  nested  = "\${data.made_document.nested.json}!"
  open    = "\${data.made_document.open.json}!"
  itself  = "\${data.made_document.itself.json}!"
  secret  = upper(data.made_document.secret.json)
  long    = "\${data.made_document.long.json}!"
  counted = join("", data.made_document.counted[*].json)
  other   = "\${data.made_document.known.other}!"
  prototype = "\${data.constructor.one.name}!"
  chain   = "\${data.made_document.chain[0].json}!"
  deep    = upper(data.made_document.of16_0.json)
  deeper  = upper(data.made_document.of17_0.json)
  fits    = "\${data.made_document.fits.json}!"
  over    = "\${data.made_document.over.json}!"
  parts   = "\${data.made_document.parts.json}!"
  pieces  = "\${data.made_document.pieces.json}!"
}
`;

const names = ["known", "late", "nested", "open", "itself", "secret", "long", "fits", "over", "parts", "pieces"];
const counted = [0, 1].map((index) => `counted[${index}]`);
const chain = Array.from({ length: 40 }, (_, index) => `chain[${index}]`);
const isLate: Partial<Change> = { after: {}, after_unknown: { json: true, other: true, text: true } };
const uses = ["known", "direct", "late", "nested", "open", "itself", "secret", "long", "counted", "other", "prototype"];

const changes: { readonly [address: string]: Partial<Change> } = {
  ...Object.fromEntries(
    [...names, ...counted, ...chain, ...deep, ...deeper].map((name) => [`data.made_document.${name}`, isLate]),
  ),
  "data.made_document.secret": { ...isLate, after_sensitive: { text: true } },
  // What is not set is known to be null.
  "data.made_document.open": { after: { text: null }, after_unknown: { json: true } },
  "data.constructor.one": { after: {}, after_unknown: { name: true } },
  "made_thing.one": { after: {}, after_unknown: { id: true } },
  "made_thing.use": {
    after: {},
    after_unknown: Object.fromEntries(
      [...uses, "chain", "deep", "deeper", "fits", "over", "parts", "pieces"].map((name) => [name, true]),
    ),
  },
};

describe("an attribute that is computed from the configuration alone", () => {
  const made = plan({ changes, variables: { secret: { value: "hidden" } } });
  const judged = withConfiguration({ ...made, planFile: planFileWith(main) }, attributes);
  const use = viewPlan(judged, "after").at("made_thing.use") as Resource;

  const text = (name: string) =>
    use
      .templates(name)
      .map((parts) =>
        parts
          .map((part) =>
            typeof part === "string" ? part : part ? `⟨${part.resource.address}.${part.attribute}⟩` : "⟨⟩",
          )
          .join(""),
      );

  test("is known where the configuration is", () => {
    expect(use.value("known")).toMatchObject({ state: "known", value: "<A>" });
    expect(use.value("counted")).toMatchObject({ state: "known", value: "<x0><x1>" });
  });

  test("has what it comes from in place of what is not known yet", () => {
    expect(text("late")).toEqual(["<⟨made_thing.one.id⟩>!"]);
    expect(text("nested")).toEqual(["<<⟨made_thing.one.id⟩>>!"]);
  });

  test("is still the attribute where it is used as it is", () => {
    expect(text("direct")).toEqual(["⟨data.made_document.late.json⟩"]);
    const link = use.link("direct", { made_document: ["json"] });
    expect(link.state === "found" && link.resources.map(({ address }) => address)).toEqual(["data.made_document.late"]);
  });

  test("stays unknown where the provider's text is", () => {
    expect(use.value("open")).toMatchObject({ state: "unknown" });
    expect(text("open")).toEqual(["⟨data.made_document.open.json⟩!"]);
  });

  test("is a secret where it is made of one", () => {
    expect(use.value("secret")).toMatchObject({ state: "known", value: "<HIDDEN>", sensitive: true });
  });

  test("ends in a cycle, and where it is too long", () => {
    expect(text("itself")).toEqual(["<⟨data.made_document.itself.json⟩>!"]);
    expect(text("chain").join("").endsWith("!")).toBe(true);
    expect(use.value("chain")).toMatchObject({ state: "unknown" });
    expect(text("long")).toEqual(["⟨data.made_document.long.json⟩!"]);
  });

  test("goes sixteen deep", () => {
    expect(use.value("deep")).toMatchObject({ state: "known", value: "<<<<<<<<<<<<<<<<END>>>>>>>>>>>>>>>>" });
    expect(use.value("deeper")).toMatchObject({ state: "unknown" });
  });

  test("has at most 2^18 characters, or 4096 parts", () => {
    expect(text("fits")[0]).toHaveLength(2 ** 18 + 1);
    expect(text("over")).toEqual(["⟨data.made_document.over.json⟩!"]);
    expect(use.templates("parts")[0]?.length).toBeGreaterThan(4000);
    expect(text("pieces")).toEqual(["⟨data.made_document.pieces.json⟩!"]);
  });

  test("is looked up among the types and attributes of providers alone", () => {
    expect(text("other")).toEqual(["⟨data.made_document.known.other⟩!"]);
    expect(text("prototype")).toEqual(["⟨data.constructor.one.name⟩!"]);
  });
});
