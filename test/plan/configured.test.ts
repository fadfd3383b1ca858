// Plans that are judged with the configuration that they were made from: what it settles, and what it corrects.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { describeCause } from "../../src/cause.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { withConfiguration } from "../../src/plan/configured.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { unknown } from "../../src/plan/value.ts";
import { type Resource, viewPlan } from "../../src/plan/view.ts";
import { computedAttributes } from "../../src/providers/registry.ts";
import { text } from "../../src/text.ts";
import { configured, plan } from "../support/made.ts";
import { planFileWith } from "../support/plan-file.ts";
import { findings, fixture, outcomes } from "../support/plans.ts";

const root = "test/plans";

const evaluated = (name: string) => withConfiguration(fixture(name), computedAttributes, join(root, name));

test("where the configuration cannot be read, what the plan's JSON shows still holds", () => {
  const name = "aws-load-balancer";
  const main = readFileSync(join(root, name, "main.tf"));
  const planFile = zipSync({
    tfplan: strToU8(""),
    "tfconfig/modules.json": strToU8('[{"Key":"","Dir":"."}]'),
    "tfconfig/m-/main.tf": main,
    "tfconfig/m-/unreadable.tf": strToU8(`locals {\n  a = ${"(".repeat(1000)}1${")".repeat(1000)}\n}\n`),
  });
  const unreadable = withConfiguration({ ...fixture(name), planFile }, computedAttributes);
  const regions = outcomes(fixture(name), "certificate-region");
  expect(regions["aws_lb_listener_certificate.further"]).toBe("fail");
  expect(outcomes(unreadable, "certificate-region")).toEqual(regions);
});

describe("the plan 'evaluated'", () => {
  const json = fixture("evaluated");
  const plan = evaluated("evaluated");
  const listener = (name: string) => `aws_lb_listener.${name}`;
  const record = (name: string) => `aws_route53_record.front["${name}"]`;

  const https = ["by_local", "by_key", "rewritten", "coalesced", "either", "either_bad", "file"];

  test.each([
    [
      "certificate-covers-domains",
      {
        ...Object.fromEntries(https.map((name) => [record(name), "unknown"])),
        // A function around one reference looks like the reference.
        [record("rewritten")]: "pass",
        "module.site.aws_cloudfront_distribution.this": "unknown",
      },
      {
        ...Object.fromEntries(https.map((name) => [record(name), "pass"])),
        // replace("a", "a", "b") is the key of the other site.
        [record("by_key")]: "fail",
        [record("rewritten")]: "unknown",
        [record("file")]: "unknown",
        "module.site.aws_cloudfront_distribution.this": "pass",
      },
    ],
    [
      "minimum-tls-1-2",
      {
        ...Object.fromEntries(https.map((name) => [listener(name), "pass"])),
        [listener("either")]: "unknown",
        [listener("either_bad")]: "unknown",
        "module.site.aws_cloudfront_distribution.this": "pass",
      },
      {
        ...Object.fromEntries(https.map((name) => [listener(name), "pass"])),
        [listener("either_bad")]: "unknown",
        "module.site.aws_cloudfront_distribution.this": "pass",
      },
    ],
    [
      "certificate-region",
      {
        ...Object.fromEntries(https.map((name) => [listener(name), "unknown"])),
        [listener("by_key")]: "pass",
        [listener("rewritten")]: "pass",
        "module.site.aws_cloudfront_distribution.this": "unknown",
      },
      {
        ...Object.fromEntries(https.map((name) => [listener(name), "pass"])),
        [listener("rewritten")]: "unknown",
        "module.site.aws_cloudfront_distribution.this": "pass",
      },
    ],
    [
      "https-only",
      {
        ...Object.fromEntries(https.map((name) => [listener(name), "pass"])),
        [listener("dynamic")]: "pass",
        "module.site.aws_cloudfront_distribution.this": "pass",
      },
      {
        ...Object.fromEntries(https.map((name) => [listener(name), "pass"])),
        [listener("dynamic")]: "pass",
        "module.site.aws_cloudfront_distribution.this": "pass",
      },
    ],
    [
      "storage-secure-transport",
      { "aws_s3_bucket_policy.encoded": "unknown", "aws_s3_bucket_policy.half": "unknown" },
      { "aws_s3_bucket_policy.encoded": "pass", "aws_s3_bucket_policy.half": "fail" },
    ],
  ])("%s: by its JSON alone, and with its configuration", (policy, alone, both) => {
    expect(outcomes(json, policy)).toEqual(alone);
    expect(outcomes(plan, policy)).toEqual(both);
  });

  test("the region of a provider that a local value or a conditional holds", () => {
    const region = (address: string) => viewPlan(plan, "after").at(address)?.provider("region");
    expect(region('aws_acm_certificate.site["a"]')).toEqual({ state: "known", value: "eu-west-1" });
    expect(region("aws_acm_certificate.edge")).toEqual({ state: "known", value: "us-east-1" });
  });

  test("a block that a dynamic one makes holds what its iterator holds", () => {
    const distribution = viewPlan(plan, "after").at("module.site.aws_cloudfront_distribution.this");
    const [behavior] = distribution?.blocks("ordered_cache_behavior") ?? [];
    const link = behavior?.link("response_headers_policy_id", { aws_cloudfront_response_headers_policy: ["id"] });
    expect(link?.state === "found" && link.resources.map(({ address }) => address)).toEqual([
      "module.site.aws_cloudfront_response_headers_policy.this[0]",
    ]);
  });

  const causeAt = (address: string, policy: string) =>
    findings(plan).find((one) => one.address === address && one.policy === policy)?.message;

  test("what stays unknown says why", () => {
    expect(causeAt(listener("rewritten"), "certificate-region")).toBe(
      'known after apply, from aws_acm_certificate.site["a"].arn, by replace',
    );
    expect(causeAt(listener("either_bad"), "minimum-tls-1-2")).toBe(
      'the plan does not tell which it is of "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "ELBSecurityPolicy-2016-08"',
    );
  });
});

describe("the plan 'evaluated-modules'", () => {
  const plan = evaluated("evaluated-modules");
  const at = (policy: string, ...addresses: readonly string[]) => {
    const all = outcomes(plan, policy);
    return addresses.map((address) => all[address]);
  };

  test("choices are judged resource by resource, where there are many", () => {
    const listeners = ["one", "two", "three", "four", "five", "bad"].map((key) => `aws_lb_listener.late["${key}"]`);
    expect(at("minimum-tls-1-2", ...listeners)).toEqual(["pass", "pass", "pass", "pass", "pass", "unknown"]);
  });

  test("a choice that fails leads to what try falls back to", () => {
    expect(at("minimum-tls-1-2", "aws_lb_listener.fallback")).toEqual(["unknown"]);
  });

  test("a text around an identifier is none of its resource, one before a host is", () => {
    const listeners = ["aws_lb_listener.around", "aws_lb_listener.dualstack"];
    expect(at("certificate-present", ...listeners)).toEqual(["unknown", "pass"]);
    expect(at("certificate-covers-domains", "aws_route53_record.dualstack")).toEqual(["fail"]);
  });

  test("an empty text is no certificate, and no certificate is an empty text", () => {
    const distributions = ["cdn", "plain", "secret"].map((name) => `module.${name}.aws_cloudfront_distribution.this`);
    expect(at("minimum-tls-1-2", ...distributions)).toEqual(["pass", "fail", "unknown"]);
    expect(at("certificate-covers-domains", ...distributions)).toEqual(["pass", undefined, "unknown"]);
  });

  test("the scheme of a URL is known before its host", () => {
    const integrations = ["https", "http", "both"].map((key) => `aws_apigatewayv2_integration.to["${key}"]`);
    expect(at("origin-https-only", ...integrations)).toEqual(["pass", "fail", "unknown"]);
  });

  test("the name of an element that a secret has found is not printed", () => {
    const found = findings(plan).filter(({ address }) => address.startsWith("module.secret."));
    expect(found.map(({ message }) => message)).toContain("known after apply, from aws_acm_certificate.site.tags_all");
    expect(JSON.stringify(found)).not.toContain("s3cret");
  });
});

describe("a plan file", () => {
  /** As Terraform writes one, but for the plan itself, which its JSON shows. */
  function planFile(name: string, directory: string): string {
    const files = readdirSync(join(root, name)).filter((file) => /\.tf(\.json)?$/.test(file));
    const path = join(directory, "tfplan");
    const archive = {
      tfplan: strToU8(""),
      "tfconfig/modules.json": strToU8('[{"Key":"","Dir":"."}]'),
      ...Object.fromEntries(files.map((file) => [`tfconfig/m-/${file}`, readFileSync(join(root, name, file))])),
    };
    writeFileSync(path, zipSync(archive));
    return path;
  }

  test("settles what its directory settles, and belongs to one plan", () => {
    const directory = mkdtempSync(join(tmpdir(), "tlsgate-plan-file-"));
    try {
      const plan = fixture("awkward-locals");
      const path = planFile("awkward-locals", directory);
      const expected = findings(evaluated("awkward-locals"));
      expect(findings(withConfiguration(plan, {}, path))).toEqual(expected);
      expect(findings(withConfiguration({ ...plan, path, planFile: readFileSync(path) }, {}))).toEqual(expected);
      expect(expected).not.toEqual(findings(plan));
      expect(() => withConfiguration(fixture("secure-website"), {}, path)).toThrow(
        /^The configuration in .*tfplan is not the one that .*secure-website\/plan\.json was made from:/,
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test("is not asked for where there is none", () => {
    const plan = fixture("awkward-locals");
    expect(withConfiguration(plan, {})).toBe(plan);
  });
});

/** What only the configuration shows to be otherwise, by plan: policy, address and outcomes without and with it. */
const corrected: { readonly [plan: string]: readonly string[] } = {
  // The certificate's ARN goes through replace().
  evaluated: [
    'certificate-covers-domains aws_route53_record.front["rewritten"] name: pass, unknown',
    "certificate-present aws_lb_listener.rewritten certificate_arn: pass, unknown",
    "certificate-region aws_lb_listener.rewritten certificate_arn: pass, unknown",
    "certificate-validated aws_lb_listener.rewritten certificate_arn: fail, unknown",
  ],
  // There is a text around the certificate's ARN.
  "evaluated-modules": [
    "certificate-present aws_lb_listener.around certificate_arn: pass, unknown",
    "certificate-region aws_lb_listener.around certificate_arn: pass, unknown",
    "certificate-validated aws_lb_listener.around certificate_arn: fail, unknown",
  ],
};

describe("no plan of the repository is judged otherwise, but for what was unknown", () => {
  const names = readdirSync(root).filter((name) =>
    ["main.tf", "main.tf.json"].some((file) => existsSync(join(root, name, file))),
  );
  const byPlace = (found: readonly Finding[]) =>
    new Map(found.map((one) => [`${one.policy} ${one.address} ${one.at}`, one.outcome] as const));

  test.each(names)("%s", (name) => {
    const alone = byPlace(findings(fixture(name)));
    const both = byPlace(findings(evaluated(name)));
    const open = new Set(
      [...alone].flatMap(([place, outcome]) => (outcome === "unknown" ? [place.split(" ")[1]] : [])),
    );
    const changes = [...alone].flatMap(([place, outcome]) => {
      const now = both.get(place);
      // A place can make room for another at a resource of which something was unknown.
      if (outcome === "unknown" || now === outcome || (now === undefined && open.has(place.split(" ")[1]))) return [];
      return [`${place}: ${outcome}, ${now ?? "nothing"}`];
    });
    expect(changes).toEqual(corrected[name] ?? []);
  });
});

test("a block that the configuration does not lead to stays unknown, as a bug of the evaluation", () => {
  const directory = mkdtempSync(join(tmpdir(), "tlsgate-mismatch-"));
  try {
    writeFileSync(
      join(directory, "main.tf"),
      'locals {\n  name = "other"\n}\nresource "terraform_data" "id" {}\nresource "thing" "it" {\n  part {\n    name = local.name\n    id   = terraform_data.id.id\n  }\n}\n',
    );
    const parts = {
      name: { references: ["local.name"] },
      id: { references: ["terraform_data.id.id", "terraform_data.id"] },
    };
    const json = plan({
      changes: {
        "terraform_data.id": { after: {}, after_unknown: { id: true } as never },
        "thing.it": { after: { part: [{ name: "shown" }] }, after_unknown: { part: [{ id: true }] } as never },
      },
      root: { resources: [configured("terraform_data.id"), configured("thing.it", { part: [parts] })] },
    });
    const part = (of: Plan) => viewPlan(of, "after").at("thing.it")?.block("part");
    expect(part(json)?.value("id")).toEqual(unknown({ reason: "after-apply", from: text`from terraform_data.id.id` }));
    expect(part(withConfiguration(json, {}, directory))?.value("id")).toEqual(
      unknown({ reason: "other", note: expect.stringMatching(/^tlsgate evaluated .* please report this as a bug$/) }),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
});

describe("an attribute that the plan leaves open", () => {
  const main = `
variable "secret" { sensitive = true }
locals {
  late = made_thing.one.id == "x"
}
resource "made_thing" "one" {}
resource "made_thing" "two" {}
resource "made_thing" "gone" {}
resource "made_thing" "all" {
  for_each = toset(["a", "b"])
}
resource "thing" "it" {
  empty     = ""
  nothing   = null
  given     = upper("x")
  hidden    = upper(var.secret)
  reference = made_thing.one.id
  secret    = made_thing.one.password
  known     = made_thing.two.name
  outside   = "elsewhere"
  either    = local.late ? made_thing.one.id : made_thing.two.id
  mixed     = local.late ? made_thing.one.id : null
  whole     = made_thing.one
  missing   = "\${made_thing.gone.id}"
  computed  = md5("\${made_thing.one.id}\${made_thing.two.id}\${made_thing.one.arn}\${made_thing.two.arn}")
  file      = file("x")
  url       = "https://\${made_thing.one.id}/path"
  around    = "x-\${made_thing.one.id}"
  number    = "\${1 + 1}-\${made_thing.one.id}"
  part {
    size = made_thing.one.id
  }
  dynamic "late" {
    for_each = made_thing.one.list
    content {
      size = late.value
    }
  }
}
`;
  const names = [...main.matchAll(/^ {2}(\w+) += /gm)].map(([, name = ""]) => name);
  const open = Object.fromEntries(names.map((name) => [name, true]));
  const all = { id: true, arn: true, list: true, password: true };
  const made = plan({
    changes: {
      "made_thing.one": { after: {}, after_unknown: all, after_sensitive: { password: true } },
      "made_thing.two": { after: { name: "n-2" }, after_unknown: all },
      'made_thing.all["a"]': { after: { name: "n-a" }, after_unknown: all },
      'made_thing.all["b"]': { after: { name: "n-b" }, after_unknown: all },
      "thing.it": {
        after: { provided: [{}], part: [{}] },
        after_unknown: { ...open, provided: [{ size: true }], part: [{ size: true }], late: true },
      },
    },
    variables: { secret: { value: "hush" } },
  });
  const judged = withConfiguration({ ...made, planFile: planFileWith(main) }, {});
  const it = viewPlan(judged, "after").at("thing.it") as Resource;
  const value = (name: string) => {
    const found = it.value(name);
    if (found.state === "unknown") return `? ${describeCause(found.cause)}`;
    return found.state === "absent" ? "absent" : `${found.sensitive ? "secret " : ""}${found.value}`;
  };
  const link = (name: string) => {
    const found = it.link(name, { made_thing: ["id", "name"] });
    if (found.state !== "found") return found.state;
    return [...found.resources.map(({ address }) => address), ...(found.hidesAttribute ? ["hidden"] : [])];
  };

  test.each([
    ["empty", "absent"],
    ["nothing", "absent"],
    ["given", "X"],
    ["hidden", "secret HUSH"],
    ["outside", "elsewhere"],
    ["known", "n-2"],
    ["reference", "? known after apply, from made_thing.one.id"],
    ["missing", "? made_thing.gone is not in the plan"],
    ["computed", "? known after apply, from made_thing.one.id, made_thing.two.id, made_thing.one.arn, by md5"],
    ["file", "? a plan file does not hold what the function file returns"],
    ["either", "? the plan does not tell which it is of made_thing.one.id, made_thing.two.id"],
  ])("%s is %s", (name, expected) => expect(value(name)).toBe(expected));

  test.each<[string, unknown]>([
    ["empty", "absent"],
    ["nothing", "absent"],
    ["reference", ["made_thing.one"]],
    ["known", ["made_thing.two"]],
    ["outside", "outside"],
    ["either", ["made_thing.one", "made_thing.two"]],
    ["mixed", "unknown"],
    ["computed", "unknown"],
    ["url", ["made_thing.one"]],
    ["around", "unknown"],
    ["whole", ["made_thing.one", "hidden"]],
  ])("%s leads to %j", (name, expected) => expect(link(name)).toEqual(expected));

  test("is left blank by an empty text or by null", () => {
    expect(["empty", "nothing", "given", "reference"].map((name) => it.blank(name))).toEqual([
      "empty",
      "unset",
      undefined,
      undefined,
    ]);
  });

  test("has a number in its text as a text", () => {
    expect(it.templates("number").map(([first]) => first)).toEqual(["2-"]);
  });

  test("in a block is the provider's to fill, where nobody has written the block", () => {
    expect(it.block("provided").value("size")).toEqual(unknown({ reason: "after-apply" }));
    const part = it.block("part").value("size");
    expect(part.state === "unknown" && describeCause(part.cause)).toBe("known after apply, from made_thing.one.id");
  });

  test("in a block that may be there says what it depends on", () => {
    const late = it.block("late").value("size");
    expect(late.state === "unknown" && describeCause(late.cause)).toMatch(/^the plan does not tell/);
  });

  test("is the plan's before the apply", () => {
    expect(viewPlan(judged, "before").at("thing.it")).toBeUndefined();
  });
});
