// A CDKTF app, deployed by the real cdktf and the real Terraform, with tlsgate-terraform between the two. AWS is moto, a
// stand-in on loopback. moto has no response headers policies: before it stands a front (test/support/aws-front.ts) that
// serves those, passes everything else on, and tells which requests changed something. Each test goes on from the last.

import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { evaluatePlan, parsePlan } from "../../src/api.ts";
import { type Deployment, deploymentOf, type Ended, keys } from "../support/deployment.ts";

const moto = inject("moto")?.deploy;
const directory = join(import.meta.dirname, "app");
const bad = { VIEWER_PROTOCOL: "allow-all" };
const unasked = ["--auto-approve", "--skip-provider-lock"];

/** Where the app says what is bad. */
const badLine =
  readFileSync(join(directory, "main.ts"), "utf8")
    .split("\n")
    .findIndex((line) => line.includes("viewerProtocolPolicy:")) + 1;

describe.runIf(moto)("deployed by cdktf", { timeout: 600_000 }, () => {
  let deployment: Deployment;
  let zone = "";

  beforeAll(async () => {
    deployment = await deploymentOf(directory, moto ?? "");
    zone = await deployment.aws.createZone("example.test");
  });
  afterAll(() => deployment.remove());

  const cdktf = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    deployment.cdktf(args, { ZONE_ID: zone, ...env });

  /** How something ended, and what it changed in AWS. */
  async function changing(action: () => Promise<Ended>): Promise<Ended & { readonly changes: readonly string[] }> {
    const before = deployment.aws.changes().length;
    const ended = await action();
    return { ...ended, changes: deployment.aws.changes().slice(before) };
  }

  function expectRefusal({ code, screen }: Ended): void {
    // cdktf makes 1 of every code.
    expect(code).toBe(1);
    expect(screen).toContain("https-only: answers plain HTTP on *");
    expect(screen).toContain("aws_cloudfront_distribution.cdn");
    expect(screen).toContain("(shop/cdn)");
    expect(screen).toContain(`main.ts:${badLine}:5`);
    expect(screen).toContain('Set viewer_protocol_policy = "redirect-to-https"');
    expect(screen).toContain("tlsgate: Refused, so nothing was applied.");
    expect(screen).toContain("cdktf.out/tlsgate/shop.json");
    const { verdict, plans } = deployment.report("shop");
    expect(verdict).toBe("refused");
    const findings = plans.flatMap((plan) => plan.findings);
    expect(findings.filter((one) => one.outcome !== "pass" && one.enforcement === "mandatory")).toMatchObject([
      {
        policy: "https-only",
        address: "aws_cloudfront_distribution.cdn",
        at: "default_cache_behavior[0].viewer_protocol_policy",
        source: { file: expect.stringMatching(/main\.ts$/), line: badLine, column: 5, constructPath: "shop/cdn" },
      },
    ]);
  }

  test("a bad stack is refused before anything is created, and what depends on it is not begun", async () => {
    const refused = await changing(() => cdktf(["deploy", "shop", "docs", ...unasked], bad));
    expectRefusal(refused);
    expect(refused.changes).toEqual([]);
    expect(() => deployment.report("docs")).toThrow("ENOENT");
  });

  test("at a terminal, what is approved is created, and what is dismissed is not", async () => {
    const { code, screen } = await deployment.cdktfAtTerminal(
      ["deploy", "shop", "docs", "--skip-provider-lock"],
      [
        ["Please review the diff output above for shop", keys.enter],
        ["Please review the diff output above for docs", keys.down],
        ["❯ Dismiss", keys.enter],
      ],
      { ZONE_ID: zone },
    );
    expect(code).toBe(0);
    expect(screen).toContain("Apply complete! Resources: 5 added");
    expect(screen).toMatch(/^(docs)?\s+Apply cancelled\.\s*$/m);
    expect(deployment.report("docs").verdict).toBe("pass");
    expect(Object.keys(await deployment.aws.distributions())).toEqual(["shop.example.test"]);
    expect(await deployment.aws.certificates()).toEqual(["shop.example.test ISSUED"]);
    expect(await deployment.aws.buckets()).toEqual([]);
    expect(await deployment.aws.headersPolicies()).toHaveLength(1);
  });

  test("good stacks are judged one by one, and created", async () => {
    const { code } = await cdktf(["deploy", "shop", "docs", ...unasked]);
    expect(code).toBe(0);
    for (const stack of ["shop", "docs"]) {
      const { verdict, summary, plans } = deployment.report(stack);
      expect({ verdict, refusing: summary.refusing }).toEqual({ verdict: "pass", refusing: 0 });
      const ofDistribution = plans
        .flatMap(({ findings }) => findings)
        .filter(({ address, policy }) => address.startsWith("aws_cloudfront_distribution.") && policy === "https-only");
      expect(new Set(ofDistribution.map(({ outcome }) => outcome))).toEqual(new Set(["pass"]));
    }
    const distributions = await deployment.aws.distributions();
    expect(Object.keys(distributions).sort()).toEqual(["docs.example.test", "shop.example.test"]);
    for (const shown of Object.values(distributions)) {
      expect(shown).toContain("<ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy>");
      expect(shown).toContain("<MinimumProtocolVersion>TLSv1.2_2021</MinimumProtocolVersion>");
      expect(shown).toMatch(/<ACMCertificateArn>arn:aws:acm:us-east-1:/);
      expect(shown).not.toMatch(/<ViewerProtocolPolicy>allow-all|<OriginProtocolPolicy>(http-only|match-viewer)/);
    }
    expect(distributions["docs.example.test"]).toContain("<HttpVersion>http2and3</HttpVersion>");
    const headersPolicies = await deployment.aws.headersPolicies();
    expect(headersPolicies).toHaveLength(2);
    for (const shown of headersPolicies)
      expect(shown).toContain("<AccessControlMaxAgeSec>63072000</AccessControlMaxAgeSec>");
    expect(await deployment.aws.certificates()).toEqual(["docs.example.test ISSUED", "shop.example.test ISSUED"]);
    expect(await deployment.aws.buckets()).toHaveLength(2);
    expect(await deployment.aws.records(zone)).toEqual([
      expect.stringMatching(/^_\w+\.docs\.example\.test CNAME$/),
      expect.stringMatching(/^_\w+\.shop\.example\.test CNAME$/),
      "docs.example.test A",
      "docs.example.test AAAA",
      "docs.example.test HTTPS",
    ]);
  });

  test("cdktf diff is passed on: it shows even what the gate would refuse", async () => {
    const { code, screen, changes } = await changing(() => cdktf(["diff", "shop", "--skip-provider-lock"], bad));
    expect(code).toBe(0);
    expect(screen).toMatch(/viewer_protocol_policy +=\s+"redirect-to-https" -> "allow-all"/);
    expect(screen).not.toContain("tlsgate:");
    expect(changes).toEqual([]);
  });

  test("a stack that has gone bad is refused, and what is deployed stays as it is", async () => {
    const before = await deployment.aws.distributions();
    const refused = await changing(() => cdktf(["deploy", "shop", "docs", ...unasked], bad));
    expectRefusal(refused);
    expect(refused.changes).toEqual([]);
    expect(await deployment.aws.distributions()).toEqual(before);
  });

  test("tlsgate terraform applies the plan that it has judged, and refuses another", async () => {
    const plain = deployment.path("plain");
    cpSync(join(import.meta.dirname, "plain"), plain, { recursive: true });
    const terraform = (...args: string[]) => deployment.run("tlsgate", ["terraform", ...args], {}, plain);
    expect((await terraform("init", "-input=false")).code).toBe(0);

    const refused = await changing(() => terraform("apply", "-auto-approve", "-var=viewer_protocol=allow-all"));
    expect(refused.code).toBe(3);
    expect(refused.screen).toMatch(/main\.tf:\d+:\d+\n.*https-only: answers plain HTTP on \*/);
    expect(refused.changes).toEqual([]);

    expect((await terraform("plan", "-out=good.tfplan")).code).toBe(0);
    // The JSON of the plan alone leaves open what comes through local values.
    const { screen: json } = await deployment.run("terraform", ["show", "-json", "good.tfplan"], {}, plain);
    expect(evaluatePlan(parsePlan(Buffer.from(json), "good.json")).verdict).toBe("refused");
    const { code, changes } = await changing(() => terraform("apply", "good.tfplan"));
    expect(code).toBe(0);
    expect([...changes].sort()).toEqual([
      "acm RequestCertificate",
      "cloudfront POST /2020-05-31/distribution?WithTags=",
      "cloudfront POST /2020-05-31/response-headers-policy",
    ]);
    const { "plain.example.test": shown } = await deployment.aws.distributions();
    expect(shown).toContain("<ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy>");
  });

  test("destroy leaves nothing", async () => {
    const endings = await Promise.all([
      cdktf(["destroy", "shop", "docs", ...unasked]),
      deployment.run("tlsgate", ["terraform", "destroy", "-auto-approve"], {}, deployment.path("plain")),
    ]);
    expect(endings.map(({ code }) => code)).toEqual([0, 0]);
    expect(await deployment.aws.distributions()).toEqual({});
    expect(await deployment.aws.headersPolicies()).toEqual([]);
    expect(await deployment.aws.certificates()).toEqual([]);
    expect(await deployment.aws.buckets()).toEqual([]);
    expect(await deployment.aws.records(zone)).toEqual([]);
  });

  test("no plan of the gate outlives it", () => {
    expect(deployment.left()).toEqual([]);
  });
});
