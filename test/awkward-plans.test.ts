// Awkward configurations in test/plans/awkward-*: what a plan says of them, and what it leaves open.

import { describe, expect, test } from "vitest";
import type { Finding, Outcome } from "../src/findings/finding.ts";
import { type PlanJson, planFromJson } from "../src/plan/plan.ts";
import { viewPlan } from "../src/plan/view.ts";
import { findings, fixture, outcomes } from "./support/plans.ts";
import { unknownBecause } from "./support/unknown.ts";

type Verdicts = { readonly [outcome in Outcome]?: readonly string[] };

/** Every address that a policy judges, by its worst outcome; distributions of the root module go by their names. */
function verdicts(plan: string, policy: string): Verdicts {
  const groups: { [outcome in Outcome]?: string[] } = {};
  for (const [address, outcome] of Object.entries(outcomes(plan, policy))) {
    groups[outcome] = [...(groups[outcome] ?? []), address.replace(/^aws_cloudfront_distribution\./, "")].sort();
  }
  return groups;
}

const sorted = (verdicts: Verdicts): Verdicts =>
  Object.fromEntries(Object.entries(verdicts).map(([outcome, addresses]) => [outcome, [...addresses].sort()]));

/** All verdicts of a plan by some policies: an address that is not named, or not judged, fails. */
function judges(plan: string, expected: { readonly [policy: string]: Verdicts }): void {
  test.each(Object.entries(expected))("%s", (policy, groups) => expect(verdicts(plan, policy)).toEqual(sorted(groups)));
}

/** What a policy says at an address and, where there is more than one place, at an attribute. */
function found(plan: string, policy: string, address: string, at?: string): Finding {
  const full = /^(module|aws_[a-z_]+)\./.test(address) ? address : `aws_cloudfront_distribution.${address}`;
  const [one, ...others] = findings(plan).filter(
    (finding) => finding.policy === policy && finding.address === full && (at === undefined || finding.at === at),
  );
  if (!one || others.length > 0) throw new Error(`${others.length + (one ? 1 : 0)} findings of ${policy} at ${full}`);
  return one;
}

/** Policy and address of each finding that changes in a way. */
const changed = (plan: string, change: Finding["change"]): string[] =>
  findings(plan)
    .filter((one) => one.change === change)
    .map((one) => `${one.policy} ${one.address}`);

describe("modules in modules, with for_each", () => {
  const plan = "awkward-nested-modules";
  const cdn = (site: string) => `module.${site}.module.cdn.aws_cloudfront_distribution.this`;
  const [shop, legacy, misplaced] = [cdn('site["shop"]'), cdn('site["legacy"]'), cdn("misplaced")];
  const [sameKey, mirror] = [
    ['same_key["shop"]', 'same_key["legacy"]'],
    ['mirror["shop"]', 'mirror["legacy"]'],
  ] as const;
  const root = ["old_names", "foreign_name", ...sameKey, ...mirror];
  judges(plan, {
    "certificate-present": { pass: [shop, legacy, misplaced, ...root] },
    "certificate-region": { pass: [shop, legacy, ...root], fail: [misplaced] },
    "certificate-covers-domains": {
      pass: [shop, legacy, misplaced, "old_names"],
      fail: ["foreign_name"],
      // Which instance of a module is meant is in no JSON plan: their certificates hold different names.
      unknown: [...sameKey, ...mirror],
    },
    "certificate-validated": { pass: [shop, legacy, misplaced, ...root] },
    "hsts-enabled": { pass: [shop, misplaced, ...root], fail: [legacy] },
    "minimum-tls-1-2": { pass: [shop, misplaced, ...root], fail: [legacy] },
  });

  test("names the certificate that another module makes, and the policy with the same key", () => {
    expect(found(plan, "certificate-region", misplaced)).toMatchObject({
      at: "viewer_certificate[0].acm_certificate_arn",
      message: expect.stringContaining("eu-west-1"),
      related: ["module.misplaced.module.certificate.aws_acm_certificate.this"],
    });
    expect(found(plan, "certificate-region", "old_names").related).toEqual([
      'module.site["shop"].module.certificate.aws_acm_certificate.this',
    ]);
    expect(found(plan, "hsts-enabled", legacy).related).toEqual([
      'aws_cloudfront_response_headers_policy.site["legacy"]',
    ]);
  });
});

describe("JSON syntax, as cdktf writes it", () => {
  const plan = "awkward-json-syntax";
  const each = ['Each_Distribution["new"]', 'Each_Distribution["old"]'];
  const family = ['Family_Distribution["brand"]', 'Family_Distribution["tenant"]'];
  judges(plan, {
    "certificate-present": {
      pass: ["Site_Distribution", "Regional_Distribution", "Dynamic_Distribution", ...each, ...family],
    },
    "certificate-region": {
      pass: ["Site_Distribution", "Dynamic_Distribution", ...each, ...family],
      fail: ["Regional_Distribution"],
    },
    "certificate-validated": {
      pass: ["Site_Distribution", "Dynamic_Distribution", ...each],
      fail: ["Regional_Distribution", ...family],
    },
    // for_each = "${{…}}" stands in the plan as a text: which certificate each.value names is not to be seen.
    "certificate-covers-domains": {
      pass: ["Site_Distribution", "Regional_Distribution", "Dynamic_Distribution", ...each],
      unknown: family,
    },
    "https-only": {
      pass: ["Site_Distribution", "Dynamic_Distribution", ...each, ...family],
      fail: ["Regional_Distribution"],
    },
    "hsts-enabled": {
      pass: ["Site_Distribution", "Regional_Distribution", ...each, ...family],
      unknown: ["Dynamic_Distribution"],
    },
    "minimum-tls-1-2": {
      pass: ["Site_Distribution", "Dynamic_Distribution", 'Each_Distribution["new"]', ...family],
      fail: ["Regional_Distribution", 'Each_Distribution["old"]'],
    },
  });
});

describe("import blocks", () => {
  const plan = "awkward-import";
  judges(plan, {
    "https-only": { pass: ["mended", "made"], fail: ["as_it_is"] },
    "minimum-tls-1-2": { pass: ["mended", "made"], fail: ["as_it_is"] },
    "hsts-enabled": { pass: ["mended", "made"], fail: ["as_it_is"] },
    // The imported certificate is issued, and its names are known.
    "certificate-validated": { pass: ["as_it_is", "mended", "made"] },
    "certificate-covers-domains": { pass: ["as_it_is", "mended"], fail: ["made"] },
  });

  test("what is taken over is new to this configuration, and nothing of it is old", () => {
    expect(found(plan, "https-only", "as_it_is").change).toBe("introduced");
    expect(changed(plan, "existing")).toEqual([]);
  });
});

describe("moved blocks", () => {
  const plan = "awkward-moved";
  const shop = 'module.cdn["shop"].aws_cloudfront_distribution.this';
  judges(plan, {
    "https-only": { pass: ["manual"], fail: [shop] },
    "hsts-enabled": { pass: ["manual"], fail: [shop] },
    "minimum-tls-1-2": { pass: [shop], fail: ["manual"] },
  });

  test("old sins stay old under a new address", () => {
    expect(found(plan, "https-only", shop).change).toBe("existing");
    expect(found(plan, "minimum-tls-1-2", "manual").change).toBe("existing");
    expect(changed(plan, "introduced")).toEqual([]);
    expect(changed(plan, "fixed")).toEqual([]);
  });
});

describe("a conditional between two certificates", () => {
  const plan = "awkward-conditional-certificate";
  judges(plan, {
    "certificate-present": {
      pass: ["bought"],
      fail: ["nothing"],
      // Beside the references a JSON plan can hide a constant or a function: var.a ? x.arn : "arn:…".
      unknown: ["either_region", "same_region", "one_holds_name", "made"],
    },
    "certificate-region": {
      fail: ["bought"],
      unknown: ["either_region", "same_region", "one_holds_name", "made"],
    },
    "certificate-covers-domains": {
      unknown: ["either_region", "same_region", "one_holds_name", "bought", "made"],
    },
    "minimum-tls-1-2": {
      pass: ["either_region", "same_region", "one_holds_name", "bought", "made"],
      fail: ["nothing"],
    },
  });

  test("names both", () => {
    const { message } = found(plan, "certificate-region", "either_region");
    for (const address of ["aws_acm_certificate.global", "aws_acm_certificate.regional"]) {
      expect(message).toContain(address);
    }
  });
});

describe("a conditional between today's certificate and a new one", () => {
  const plan = "awkward-certificate-rotation";
  judges(plan, {
    "certificate-covers-domains": { unknown: ["site"], fail: ["docs"] },
    "certificate-validated": { unknown: ["site"], pass: ["docs"] },
    "certificate-region": { unknown: ["site"], pass: ["docs"] },
  });

  test("what is not known yet names the new one, and fails safe", () => {
    const { message, unknown } = found(plan, "certificate-region", "site");
    expect(message).toContain("aws_acm_certificate_validation.new");
    expect(unknown?.kind).toBe("fails safe");
    expect(found(plan, "certificate-covers-domains", "docs").change).toBe("existing");
  });
});

describe("count = 0 or 1", () => {
  const plan = "awkward-count-and-one";
  const site = ["by_one", "by_index", "by_join", "by_module", "by_module_index"];
  const counted = ["domain[0]", "domain[1]", "first"];
  const there = [...site, ...counted];
  const leftOut = ["left_out", "left_out_module"];
  judges(plan, {
    "certificate-present": { pass: there, fail: leftOut },
    "certificate-region": { pass: there },
    "certificate-validated": { pass: site, fail: counted },
    "certificate-covers-domains": {
      pass: ["by_one", "by_index", "by_join", "by_module", "domain[0]", "domain[1]"],
      fail: ["by_module_index", "first"],
    },
    "hsts-enabled": { pass: [...there, "left_out_module"], fail: ["left_out"] },
    "https-only": { pass: [...there, ...leftOut] },
  });
});

describe("certificates named by the values of a map", () => {
  const plan = "awkward-certificate-family";
  const of = (name: string, ...keys: string[]) => keys.map((key) => `${name}["${key}"]`);
  const lookedUp = [...of("looked_up", "brand", "tenant"), ...of("looked_up_local", "brand", "tenant")];
  const chained = [...of("chained", "brand", "tenant"), ...of("validated", "brand", "tenant")];
  judges(plan, {
    "certificate-covers-domains": {
      pass: [...of("written", "brand", "tenant"), ...of("mixed", "home"), ...chained],
      unknown: [...of("site", "brand", "home", "tenant"), ...lookedUp, ...of("mixed", "brand", "tenant")],
    },
    "certificate-region": {
      pass: [
        ...of("site", "brand", "home", "tenant"),
        ...of("looked_up", "brand", "tenant"),
        ...of("written", "brand", "tenant"),
        ...chained,
      ],
      // A local can lead to any certificate of the plan, the one in Europe too.
      unknown: [...of("mixed", "brand", "home", "tenant"), ...of("looked_up_local", "brand", "tenant")],
    },
    "certificate-validated": {
      pass: of("validated", "brand", "tenant"),
      fail: [
        ...of("site", "brand", "home", "tenant"),
        ...lookedUp,
        ...of("written", "brand", "tenant"),
        ...of("mixed", "brand", "home", "tenant"),
        ...of("chained", "brand", "tenant"),
      ],
    },
  });

  test("names the certificates that it can be", () => {
    const { related } = found(plan, "certificate-region", 'site["home"]');
    expect(related).toEqual(['aws_acm_certificate.family["brand"]', 'aws_acm_certificate.family["tenant"]']);
  });
});

describe("aliases", () => {
  const plan = "awkward-aliases";
  judges(plan, {
    "certificate-present": {
      pass: ["from_variable", "from_template", "partly_unknown", "empty"],
      fail: ["bare"],
      unknown: ["partly_unknown_bare"],
    },
    "certificate-covers-domains": { pass: ["from_template"], fail: ["from_variable"], unknown: ["partly_unknown"] },
    // Whatever the aliases turn out to be, CloudFront's own certificate takes TLS 1.0.
    "minimum-tls-1-2": {
      pass: ["from_variable", "from_template", "partly_unknown"],
      fail: ["partly_unknown_bare", "bare", "empty"],
    },
  });

  test("one of three names is not covered, and the unknown names where it comes from", () => {
    const failing = findings(plan).filter(
      (one) => one.policy === "certificate-covers-domains" && one.outcome === "fail",
    );
    expect(failing.map(({ at, message }) => [at, message.split(" ")[0]])).toEqual([["aliases[0]", "example.org"]]);
    expect(found(plan, "certificate-present", "partly_unknown_bare").message).toContain(
      "terraform_data.preview.output",
    );
  });
});

describe("dynamic blocks", () => {
  const plan = "awkward-dynamic-blocks";
  const plain = ["behaviors", "headers", "late", "origins"];
  judges(plan, {
    "https-only": {
      pass: ["headers", "origins", "literal", "planned", "default"],
      fail: ["behaviors"],
      unknown: ["late"],
    },
    "hsts-enabled": {
      pass: ["behaviors", "origins", "literal", "planned", "default"],
      unknown: ["headers", "late"],
    },
    "certificate-present": { pass: [...plain, "literal"], fail: ["default"], unknown: ["planned"] },
    // CloudFront takes a name only with a certificate, and with one the written floor counts, whichever it is.
    "minimum-tls-1-2": { pass: [...plain, "planned"], fail: ["literal", "default"] },
    "origin-https-only": {
      pass: ["headers", "late", "literal", "planned", "default"],
      // A bucket is asked in the viewer's protocol, and one of the behaviours answers plain HTTP.
      fail: ["behaviors", "origins"],
    },
  });

  test("points at the very block, and says why it is unknown", () => {
    const [failing] = findings(plan).filter((one) => one.policy === "https-only" && one.outcome === "fail");
    expect(failing).toMatchObject({ at: "ordered_cache_behavior[2].viewer_protocol_policy" });
    expect(failing?.message).toContain("/feed/*");
    const headers = "ordered_cache_behavior[0].response_headers_policy_id";
    expect(found(plan, "hsts-enabled", "headers", headers).message).toContain("dynamic block");
    expect(found(plan, "certificate-present", "planned").message).toContain("dynamic block");
    const feed = findings(plan).filter(
      ({ policy, address, outcome }) =>
        policy === "origin-https-only" && address === "aws_cloudfront_distribution.origins" && outcome === "fail",
    );
    expect(feed.map(({ message }) => message)).toEqual([expect.stringContaining("to feed")]);
    expect(feed[0]?.at).toMatch(/^origin\[[01]\]\.custom_origin_config\[0\]\.origin_protocol_policy$/);
  });
});

describe("locals", () => {
  const plan = "awkward-locals";
  const each = ['each["a.example.com"]', 'each["b.example.com"]'];
  judges(plan, {
    "certificate-present": { pass: ["shown", ...each], unknown: ["hidden"] },
    "certificate-region": { pass: each, fail: ["shown"], unknown: ["hidden"] },
    "certificate-covers-domains": { pass: each, unknown: ["hidden", "shown"] },
    "hsts-enabled": { pass: ["shown", ...each], unknown: ["hidden"] },
    "minimum-tls-1-2": { pass: ["hidden", ...each], fail: ["shown"] },
  });

  test("says that a plan does not show them", () => {
    const { message } = found(plan, "certificate-present", "hidden");
    expect(message).toContain("local.certificate_arn");
    expect(message).toContain("the JSON plan does not show what local values hold");
  });
});

describe("null variables", () => {
  const plan = "awkward-null-variables";
  const cdn = (call: string, ...names: string[]) =>
    names.map((name) => `module.${call}.aws_cloudfront_distribution.${name}`);
  const defaults = cdn("defaults", "not_nullable", "nullable", "coalesced");
  judges(plan, {
    "certificate-present": {
      pass: ["unset", ...defaults, ...cdn("nulls", "not_nullable")],
      fail: cdn("nulls", "nullable"),
      unknown: cdn("nulls", "coalesced"),
    },
    "certificate-region": {
      pass: ["unset", ...defaults, ...cdn("nulls", "not_nullable")],
      unknown: cdn("nulls", "coalesced"),
    },
    "minimum-tls-1-2": {
      pass: [...defaults, ...cdn("nulls", "not_nullable", "coalesced")],
      fail: ["unset", ...cdn("nulls", "nullable")],
    },
    "hsts-enabled": {
      pass: [...cdn("defaults", "nullable", "coalesced"), ...cdn("nulls", "nullable", "coalesced")],
      fail: ["unset"],
      unknown: [...cdn("defaults", "not_nullable"), ...cdn("nulls", "not_nullable")],
    },
    // key_algorithm = var.key_algorithm, which is null; coalesce(var.key_algorithm, …) lists the same.
    "certificate-key-strength": {
      unknown: ["aws_acm_certificate.site", ...defaults, ...cdn("nulls", "not_nullable", "coalesced")],
    },
  });
});

describe("sensitive values", () => {
  const plan = "awkward-sensitive";
  judges(plan, {
    "https-only": { pass: ["launch", "uncovered"], fail: ["weak"] },
    "minimum-tls-1-2": { pass: ["launch", "uncovered"], fail: ["weak"] },
    "hsts-enabled": { pass: ["launch", "uncovered"], fail: ["weak"] },
    "origin-https-only": { pass: ["launch", "uncovered"], fail: ["weak"] },
    "certificate-region": { pass: ["launch", "uncovered"], fail: ["weak"] },
    "certificate-covers-domains": { pass: ["launch"], fail: ["uncovered"], unknown: ["weak"] },
  });

  test.each([
    "TLSv1.1_2016",
    "TLS 1.1",
    "secret-launch",
    "hidden-preview",
    "hidden-origin",
    "98765",
    "ap-south-1",
    "99999999-8888",
  ])("%s is judged and not told", (secret) => expect(JSON.stringify(findings(plan))).not.toContain(secret));
});

describe("a plan for a target", () => {
  const plan = "awkward-target";
  judges(plan, {
    "https-only": { fail: ['site["docs"]'] },
    "certificate-covers-domains": { pass: ['site["docs"]'] },
    "certificate-validated": { fail: ['site["docs"]'] },
  });

  test("is partial", () => expect(fixture(plan).complete).toBe(false));
});

describe("removed blocks", () => {
  const plan = "awkward-removed";
  judges(plan, {
    "https-only": { pass: ["kept", "retired"] },
    "hsts-enabled": { pass: ["kept", "retired"] },
  });

  test("what is destroyed is fixed; what is forgotten is neither kept nor mended", () => {
    expect(found(plan, "https-only", "retired").change).toBe("fixed");
    expect(changed(plan, "introduced")).toEqual([]);
    expect(findings(plan).filter((one) => one.address.includes("handed_over"))).toEqual([]);
  });
});

test("a destroy plan fixes what was wrong, and says nothing else", () => {
  const found = findings("awkward-destroy");
  expect(new Set(found.map((one) => `${one.outcome} ${one.change}`))).toEqual(new Set(["pass fixed"]));
  const site = found.filter((one) => one.address === "aws_cloudfront_distribution.site").map((one) => one.policy);
  expect(site).toEqual(expect.arrayContaining(["https-only", "hsts-enabled", "minimum-tls-1-2", "forward-secrecy"]));
});

describe("replacement in both orders", () => {
  const plan = "awkward-replacement";
  const [first, second] = ["aws_acm_certificate.created_first", "aws_acm_certificate.deleted_first"];
  judges(plan, {
    "certificate-transparency": { pass: [first, second], unknown: ["created_first", "deleted_first"] },
    "minimum-tls-1-2": { pass: ["deleted_first", "site"], fail: ["created_first"] },
    "https-only": { pass: ["created_first", "site"], fail: ["deleted_first"] },
    "certificate-region": { pass: ["created_first", "deleted_first", "site"] },
    "certificate-covers-domains": { pass: ["site"] },
  });

  test("compares with what is replaced", () => {
    expect(found(plan, "certificate-key-strength", first).change).toBe("fixed");
    expect(found(plan, "minimum-tls-1-2", "created_first").change).toBe("existing");
    expect(found(plan, "https-only", "deleted_first").change).toBe("existing");
    expect(changed(plan, "introduced")).toEqual([]);
  });
});

describe("a deposed object", () => {
  const plan = "awkward-deposed";
  judges(plan, { "https-only": { pass: ["site"] }, "hsts-enabled": { pass: ["site"] } });

  test("is not the object that took its place", () => {
    expect(changed(plan, "introduced")).toEqual([]);
    expect(changed(plan, "fixed")).toEqual([]);
  });
});

describe("data sources, read while planning and put off", () => {
  const plan = "awkward-data-sources";
  judges(plan, {
    "certificate-present": { pass: ["remote_state", "remote_state_regional", "global", "any", "regional"] },
    "certificate-region": { pass: ["remote_state", "global", "any"], fail: ["remote_state_regional", "regional"] },
    "certificate-covers-domains": {
      pass: ["global", "any", "regional"],
      unknown: ["remote_state", "remote_state_regional"],
    },
    // A look-up finds issued certificates only, unless its statuses say otherwise.
    "certificate-validated": {
      pass: ["global", "regional"],
      unknown: ["remote_state", "remote_state_regional", "any"],
    },
    "hsts-enabled": { pass: ["remote_state", "remote_state_regional", "global"], fail: ["regional"], unknown: ["any"] },
    "minimum-tls-1-2": { pass: ["remote_state_regional", "global", "any", "regional"], fail: ["remote_state"] },
  });
});

describe("certificates and headers policies that are looked up", () => {
  const plan = "awkward-looked-up";
  judges(plan, {
    "hsts-enabled": { pass: ["managed", "corporate"], fail: ["trial", "plain"] },
    "certificate-region": { pass: ["managed", "corporate"], fail: ["trial", "plain"] },
    "certificate-validated": { pass: ["managed", "corporate", "trial", "plain"] },
    // The looked-up certificate's body is in the plan: *.example.com, and nothing else.
    "certificate-covers-domains": { pass: ["managed", "trial", "plain"], fail: ["corporate"] },
  });

  test("names the look-up", () => {
    expect(found(plan, "hsts-enabled", "trial").related).toEqual(["data.aws_cloudfront_response_headers_policy.trial"]);
  });
});

describe("modules that refer to each other", () => {
  const plan = "awkward-references-in-circles";
  const [cdn, again] = ["cdn", "again"].map((call) => `module.${call}.aws_cloudfront_distribution.this`) as [
    string,
    string,
  ];
  judges(plan, {
    "certificate-present": { pass: [cdn], unknown: [again] },
    "certificate-region": { pass: [cdn], unknown: [again] },
    "certificate-covers-domains": { pass: [cdn], unknown: [again] },
    "certificate-validated": { pass: [cdn], unknown: [again] },
    "minimum-tls-1-2": { unknown: [cdn, again] },
    "https-only": { pass: [cdn, again] },
  });

  test("says where the value enters", () => {
    expect(found(plan, "minimum-tls-1-2", cdn).message).toContain("terraform_data.floor.output");
    expect(found(plan, "certificate-present", again).message).toContain("aws_cloudfront_distribution.this.id");
  });
});

describe("keys of for_each with dots, quotes, brackets and templates", () => {
  const plan = "awkward-for-each-keys";
  // As Terraform writes them in addresses.
  const strong = ["www.example.com", 'say \\"hi\\"', "back\\\\slash", "münchen"];
  const weak = ["a[0].example", "$${literal}", 'x[\\"y\\"].z', "0"];
  const both = (keys: readonly string[]) =>
    keys.flatMap((key) => [`site["${key}"]`, `module.site["${key}"].aws_cloudfront_distribution.this`]);
  const modules = [...strong, ...weak].map((key) => `module.site["${key}"].aws_cloudfront_distribution.this`);
  judges(plan, {
    "hsts-enabled": { pass: both(strong), fail: [...both(weak), "by_key"] },
    "certificate-region": { pass: [...both([...strong, ...weak]), "by_key"] },
    "certificate-covers-domains": { pass: modules },
  });

  test("finds what waits by depends_on in a module of any key", () => {
    const validated = outcomes(plan, "certificate-validated");
    expect(modules.filter((address) => validated[address] !== "pass")).toEqual([]);
  });

  test("finds a module's instance by its written key", () => {
    const behavior = (at: string) => found(plan, "hsts-enabled", "by_key", `${at}.response_headers_policy_id`);
    const policy = (key: string) => `module.site["${key}"].aws_cloudfront_response_headers_policy.this`;
    expect(behavior("default_cache_behavior[0]")).toMatchObject({ outcome: "fail", related: [policy('x[\\"y\\"].z')] });
    expect(behavior("ordered_cache_behavior[0]")).toMatchObject({
      outcome: "pass",
      related: [policy("www.example.com")],
    });
    expect(behavior("ordered_cache_behavior[1]")).toMatchObject({ outcome: "fail", related: [policy("$${literal}")] });
  });
});

describe("imported certificates", () => {
  const plan = "awkward-imported-certificate";
  const acm = (...names: string[]) => names.map((name) => `aws_acm_certificate.${name}`);
  const iam = "aws_iam_server_certificate.iam";
  judges(plan, {
    "certificate-covers-domains": {
      pass: ["strong", "curve", "weak", "regional", "iam"],
      fail: ["apex", "curve_other", "nameless", "iam_other"],
      unknown: ["late"],
    },
    "certificate-key-strength": {
      pass: [...acm("strong", "curve", "nameless", "regional"), iam],
      fail: acm("weak"),
      unknown: acm("late"),
    },
    "certificate-auto-renewal": {
      fail: [...acm("strong", "curve", "weak", "nameless", "late", "regional"), iam],
    },
    "certificate-transparency": {},
    "certificate-region": {
      pass: ["strong", "apex", "curve", "curve_other", "weak", "nameless", "late"],
      fail: ["regional"],
    },
    "certificate-validated": {
      pass: ["strong", "apex", "curve", "curve_other", "weak", "nameless", "late", "regional", "iam", "iam_other"],
    },
    "minimum-tls-1-2": {
      pass: ["strong", "apex", "curve", "curve_other", "weak", "nameless", "late", "regional", "iam"],
      fail: ["iam_other"],
    },
  });

  test("tells nothing of the key, nor the names of a sensitive body", () => {
    expect(JSON.stringify(findings(plan))).not.toContain("stand-in-for-a-private-key");
    expect(found(plan, "certificate-covers-domains", "curve_other").message).not.toContain("api.example.com");
  });
});

describe("origins in a VPC, in groups, and of S3", () => {
  const plan = "awkward-origins";
  // What a VPC origin speaks is edited at the VPC origin.
  const vpc = (...names: string[]) => names.map((name) => `aws_cloudfront_vpc_origin.${name}`);
  judges(plan, {
    "origin-https-only": {
      pass: ["group_redirects", "bucket"],
      fail: ["group_serves", "failover", "website_by_bucket"],
    },
    "origin-minimum-tls-1-2": { pass: ["group_redirects", "group_serves", "failover"] },
    // No behavior leads to the VPC origin "old".
    "private-hop-https": { pass: vpc("good"), fail: vpc("plain"), unknown: ["vpc_alike", "vpc_outside"] },
  });

  test("judges each member of a group by the routes that lead to the group", () => {
    const failing = (name: string) =>
      findings(plan)
        .filter((one) => one.address === `aws_cloudfront_distribution.${name}` && one.outcome === "fail")
        .filter((one) => one.policy === "origin-https-only")
        .map((one) => /to (\w+)/.exec(one.message)?.[1])
        .sort();
    expect(failing("group_serves")).toEqual(["first", "second"]);
    expect(failing("failover")).toEqual(["website"]);
  });
});

describe("objects and maps of arguments", () => {
  const plan = "awkward-object-arguments";
  const [own, handedOver, twoPolicies] = ["own", "handed_over", "two_policies"].map(
    (call) => `module.${call}.aws_cloudfront_distribution.this`,
  ) as [string, string, string];
  const each = ['each["www"]', 'each["app"]'];
  const given = [handedOver, ...each, "given"];
  judges(plan, {
    "certificate-region": { pass: [own, twoPolicies], unknown: given },
    "certificate-covers-domains": { pass: [own, twoPolicies], unknown: given },
    "certificate-validated": { pass: [own, twoPolicies], unknown: given },
    // What is handed over could be the policy's id as well.
    "hsts-enabled": { pass: [own, ...each, "given"], unknown: [handedOver, twoPolicies] },
    "minimum-tls-1-2": { pass: [own, handedOver, ...each, "given"], fail: [twoPolicies] },
  });
});

test("a violation where nothing was told before is a new one", () => {
  const hsts = (at: string) =>
    found("awkward-headers-removed", "hsts-enabled", "site", `${at}.response_headers_policy_id`);
  expect(hsts("default_cache_behavior[0]")).toMatchObject({ outcome: "fail", change: "introduced" });
  expect(hsts("ordered_cache_behavior[0]")).toMatchObject({ outcome: "unknown", change: "existing" });
});

describe("ordered behaviours in another order", () => {
  const plan = "awkward-behaviors-reordered";
  const at = (policy: string) =>
    Object.fromEntries(
      findings(plan)
        .filter((one) => one.policy === policy && one.change !== "none")
        .map((one) => [one.at, `${one.outcome} ${one.change}`]),
    );

  test("before and after are paired by path", () => {
    expect(at("https-only")).toEqual({
      "ordered_cache_behavior[1].viewer_protocol_policy": "pass fixed",
      "ordered_cache_behavior[4].viewer_protocol_policy": "fail existing",
    });
    expect(at("hsts-enabled")).toEqual({
      "ordered_cache_behavior[0].response_headers_policy_id": "fail existing",
      "ordered_cache_behavior[3].response_headers_policy_id": "fail introduced",
    });
  });
});

describe("who waits for the certificate", () => {
  judges("awkward-depends-on", {
    "certificate-validated": {
      pass: ["waits", "waits_for_module", "module.waits.aws_cloudfront_distribution.this"],
      fail: ["waits_for_another", "does_not_wait", "module.does_not_wait.aws_cloudfront_distribution.this"],
    },
  });
});

describe("where a provider's region comes from", () => {
  const plan = "awkward-provider-regions";
  judges(plan, {
    "certificate-region": {
      pass: ["by_variable", "own"],
      fail: ["own_misplaced"],
      unknown: ["by_data", "by_profile"],
    },
  });

  test("a profile is not in the plan", () => {
    expect(found(plan, "certificate-region", "by_profile").message).toContain("profile");
  });
});

test("OpenTofu's for_each of providers: a plan does not show which instance a resource takes", () => {
  // Terraform 1.11 cannot plan it. Made by hand, from OpenTofu's documented JSON format: the key of the provider's
  // configuration says nothing of an instance, and `for_each` itself is not in it.
  const json: PlanJson = {
    format_version: "1.2",
    resource_changes: [
      {
        address: 'aws_acm_certificate.site["eu-west-1"]',
        mode: "managed",
        type: "aws_acm_certificate",
        name: "site",
        index: "eu-west-1",
        change: { actions: ["create"], before: null, after: { domain_name: "www.example.com" }, after_unknown: {} },
      },
    ],
    configuration: {
      provider_config: {
        "aws.by_region": { name: "aws", alias: "by_region", expressions: { region: { references: ["each.key"] } } },
      },
      root_module: {
        resources: [
          {
            mode: "managed",
            type: "aws_acm_certificate",
            name: "site",
            provider_config_key: "aws.by_region",
            expressions: { domain_name: { constant_value: "www.example.com" } },
            for_each_expression: { references: ["var.regions"] },
          },
        ],
      },
    },
  };
  const [certificate] = viewPlan(planFromJson(json, "plan.json"), "after").resources("aws_acm_certificate");
  expect(certificate?.provider("region")).toEqual(unknownBecause("each.key"));
});
