// Fifty and more places where a plan, a configuration or an environment can hold a secret: none is printed from any of them.

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { terraformEnvironment } from "../scripts/terraform.ts";
import { formats } from "../src/report/formats.ts";
import { planFileWith } from "./support/plan-file.ts";
import { terraformIsHere } from "./support/terraform-run.ts";

const command = resolve("dist/cli.cjs");

let root = "";
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-secrets-")));
  return () => rmSync(root, { recursive: true, force: true });
});

function write(path: string, content: string | object): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, null, 1));
  return file;
}

/** All that a run prints, to both. */
function said(args: readonly string[], { cwd = root, env = {}, input = "" } = {}): string {
  const child = spawnSync(process.execPath, [command, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: root, TMPDIR: root, ...env },
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  expect(child.stderr).not.toContain("bug in tlsgate");
  return child.stdout + child.stderr;
}

/** All that tlsgate says of a plan: every format, every command, with and without colours, and how long it took. */
function allSaid(file: string, settings: Parameters<typeof said>[1] = {}, ...more: string[]): string {
  const reports = formats.map((format) => [format, join(root, "reports", format)] as const);
  mkdirSync(join(root, "reports"), { recursive: true });
  const baseline = join(root, "reports", "baseline.json");
  return [
    said(
      ["check", "--timings", ...more, file, ...reports.map(([format, path]) => `--report=${format}=${path}`)],
      settings,
    ),
    ...reports.map(([, path]) => readFileSync(path, "utf8")),
    said(
      ["check", "--profile", "strict", "--not-judged", "refuse", "--outside-plan", "refuse", ...more, file],
      settings,
    ),
    said(["endpoints", "--timings", ...more, file], settings),
    said(["endpoints", "--format", "json", ...more, file], settings),
    said(["baseline", "--output", baseline, ...more, file], settings),
    readFileSync(baseline, "utf8"),
    said(["check", ...more, file], { ...settings, env: { ...settings?.env, FORCE_COLOR: "1", COLUMNS: "60" } }),
  ].join("\n");
}

// --- secrets, and how they would be seen

const encodings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => Buffer.from(text).toString("hex"),
  // Wherever it stands in what is encoded.
  ...[0, 1, 2].map(
    (offset) => (text: string) =>
      Buffer.from(`${"x".repeat(offset)}${text}`)
        .toString("base64")
        .slice(offset === 0 ? 0 : 4, -4),
  ),
];

const holds = (text: string, secret: string): boolean =>
  encodings.some((encode) => text.toLowerCase().includes(encode(secret).toLowerCase()));

/** Secrets by the place that holds them. */
function planter() {
  const places = new Map<string, string>();
  return {
    places,
    /** A text that stands nowhere else. */
    secret(place: string): string {
      const text = `qzx${String(places.size).padStart(3, "0")}hush`;
      places.set(place, text);
      return text;
    },
  };
}

// --- one plan that holds a secret wherever its JSON can

type Change = { [key: string]: unknown };

/** By hand, as no provider on this machine has all of these resources, and Terraform itself masks some of the places. */
function planWithSecrets(secret: (place: string) => string): object {
  const plan = JSON.parse(readFileSync("test/plans/insecure-website/plan.json", "utf8"));
  const resource = (address: string, change: Change, more: object = {}) => {
    const [type = "", name = ""] = address.split(".");
    return {
      address,
      mode: "managed",
      type,
      name: name.replace(/\[.*/, ""),
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: {
        actions: ["create"],
        before: null,
        after: {},
        after_unknown: {},
        before_sensitive: false,
        after_sensitive: {},
        ...change,
      },
      ...more,
    };
  };
  const masked = (address: string, after: object, after_sensitive: unknown) =>
    resource(address, { after, after_sensitive });
  const distribution = plan.resource_changes.find(
    (one: { type: string }) => one.type === "aws_cloudfront_distribution",
  );
  const site = distribution.change.after;
  const [origin] = site.origin;
  const cdn = (name: string, after: object, after_sensitive: object) =>
    resource(`aws_cloudfront_distribution.${name}`, { after: { ...site, ...after }, after_sensitive });

  plan.resource_changes.push(
    // What is judged, sensitive at every depth.
    resource("aws_cloudfront_distribution.whole", {
      after: { ...site, comment: secret("after: the whole resource") },
      after_sensitive: true,
    }),
    cdn("list", { aliases: [secret("after: a list")] }, { aliases: true }),
    cdn(
      "element",
      { aliases: ["www.example.com", `${secret("after: an element of a list")}.example.com`] },
      { aliases: [false, true] },
    ),
    cdn(
      "block",
      { origin: [{ ...origin, domain_name: secret("after: an attribute of a block") }] },
      { origin: [{ domain_name: true }] },
    ),
    cdn("blocks", { origin: [{ ...origin, origin_id: secret("after: a block") }] }, { origin: [true] }),
    cdn(
      "header",
      {
        origin: [
          {
            ...origin,
            custom_header: [{ name: "x-auth", value: secret("an origin's custom header, in a set that is sensitive") }],
          },
        ],
      },
      { origin: true },
    ),
    cdn(
      "deep",
      {
        viewer_certificate: [
          { ...site.viewer_certificate[0], minimum_protocol_version: secret("after: a name that no table knows") },
        ],
      },
      { viewer_certificate: [{ minimum_protocol_version: true }] },
    ),
    cdn(
      "path",
      {
        ordered_cache_behavior: [
          { ...site.ordered_cache_behavior[0], path_pattern: `/${secret("after: the path of a route")}/*` },
        ],
      },
      { ordered_cache_behavior: [{ path_pattern: true }] },
    ),
    cdn("tags", { tags: { token: secret("after: a value of a map") } }, { tags: { token: true } }),
    cdn(
      "arn",
      {
        viewer_certificate: [
          { acm_certificate_arn: `arn:aws:acm:eu-west-1:123456789012:certificate/${secret("after: an identifier")}` },
        ],
      },
      { viewer_certificate: [{ acm_certificate_arn: true }] },
    ),
    resource("aws_cloudfront_distribution.old", {
      actions: ["update"],
      before: { ...site, aliases: [secret("before: a list")] },
      before_sensitive: { aliases: true },
      after: site,
    }),
    resource("aws_cloudfront_distribution.older", {
      actions: ["delete"],
      before: { ...site, comment: secret("before: the whole resource") },
      before_sensitive: true,
      after: null,
    }),
    resource("aws_cloudfront_distribution.oldest", {
      actions: ["update"],
      before: { ...site, origin: [{ ...origin, domain_name: secret("before: an attribute of a block") }] },
      before_sensitive: { origin: [{ domain_name: true }] },
      after: site,
    }),
    masked(
      "aws_lb_listener.x",
      { port: 443, protocol: "HTTPS", ssl_policy: secret("the security policy of a listener") },
      { ssl_policy: true },
    ),
    masked(
      "aws_acm_certificate.imported",
      {
        private_key: pem(secret("a certificate's private key")),
        certificate_body: pem(secret("a certificate's body")),
        certificate_chain: pem(secret("a certificate's chain")),
      },
      { private_key: true, certificate_body: true, certificate_chain: true },
    ),
    masked(
      "aws_iam_server_certificate.x",
      { name: "x", private_key: pem(secret("a server certificate's private key")) },
      { private_key: true },
    ),
    masked(
      "tls_private_key.x",
      { private_key_pem: pem(secret("a key of the provider tls")) },
      { private_key_pem: true },
    ),
    masked(
      "aws_api_gateway_domain_name.x",
      { domain_name: secret("the name of an API"), security_policy: "TLS_1_0" },
      { domain_name: true },
    ),
    // What is not judged, and has no mask either: nothing of it is for a report.
    masked("aws_instance.x", { user_data: `#!/bin/sh\nexport TOKEN=${secret("user data")}` }, {}),
    masked(
      "aws_launch_template.x",
      { user_data: Buffer.from(`xxx${secret("user data in base64")}xxx`).toString("base64") },
      {},
    ),
    masked(
      "aws_cloudformation_stack.x",
      {
        template_body: `Resources:\n  X: ${secret("the body of a CloudFormation template")}`,
        parameters: { Password: secret("a parameter of a CloudFormation stack") },
      },
      {},
    ),
    masked(
      "helm_release.x",
      {
        name: "x",
        values: [`password: ${secret("values of a Helm release")}`],
        set_sensitive: [{ name: "p", value: secret("a sensitive value of a Helm release") }],
      },
      { set_sensitive: [{ value: true }] },
    ),
    masked("kubernetes_secret.x", { data: { password: secret("a Kubernetes secret") } }, { data: true }),
    masked(
      "kubernetes_manifest.x",
      { manifest: { kind: "Secret", stringData: { p: secret("a Kubernetes manifest") } } },
      {},
    ),
    masked(
      "aws_lambda_function.x",
      { environment: [{ variables: { TOKEN: secret("the environment of a function") } }] },
      {},
    ),
    masked(
      "aws_ecs_task_definition.x",
      { container_definitions: JSON.stringify([{ environment: [{ value: secret("a container definition") }] }]) },
      {},
    ),
    masked("aws_db_instance.x", { password: secret("the password of a database") }, { password: true }),
    masked("aws_ssm_parameter.x", { value: secret("a parameter store's value") }, { value: true }),
    masked(
      "aws_secretsmanager_secret_version.x",
      { secret_string: secret("a secret's version") },
      { secret_string: true },
    ),
    masked("random_password.x", { result: secret("a random password") }, { result: true }),
    masked("terraform_data.x", { input: { token: secret("an input of terraform_data") } }, { input: { token: true } }),
    resource("aws_s3_object.x", {
      importing: { id: secret("the id of an import") },
      after: { content: secret("the content of an object"), bucket: "b", key: "k" },
    }),
    // A waiver of the plan, of which a part is sensitive.
    masked(
      "terraform_data.tlsgate_waivers",
      {
        input: [
          {
            rule: "https-only",
            resource: "aws_cloudfront_distribution.site",
            attribute: "x",
            fingerprint: "0",
            reason: secret("the reason of a waiver"),
            owner: secret("the owner of a waiver"),
            until: "2099-01-01",
          },
        ],
      },
      { input: [{ reason: true, owner: true }] },
    ),
    resource(
      "data.aws_secretsmanager_secret_version.x",
      {
        actions: ["read"],
        after: { secret_string: secret("a data source that is read at apply") },
        after_sensitive: { secret_string: true },
      },
      { mode: "data", type: "aws_secretsmanager_secret_version", name: "x" },
    ),
  );
  const state = (place: string) => ({
    address: "aws_db_instance.x",
    mode: "managed",
    type: "aws_db_instance",
    name: "x",
    provider_name: "registry.terraform.io/hashicorp/aws",
    values: { password: secret(place), tags: { a: [{ b: secret(`${place}, deep in it`) }] } },
    sensitive_values: { password: true, tags: { a: [{ b: true }] } },
  });
  plan.prior_state = {
    format_version: "1.0",
    values: {
      outputs: { o: { sensitive: true, value: secret("prior state: an output") } },
      root_module: {
        resources: [
          state("prior state: a resource"),
          {
            address: "data.http.x",
            mode: "data",
            type: "http",
            name: "x",
            provider_name: "registry.terraform.io/hashicorp/http",
            values: { response_body: secret("prior state: what a data source has read") },
            sensitive_values: {},
          },
        ],
        child_modules: [
          {
            address: "module.m",
            resources: [{ ...state("prior state: a resource of a module"), address: "module.m.aws_db_instance.x" }],
          },
        ],
      },
    },
  };
  plan.planned_values = {
    outputs: { o: { sensitive: true, value: secret("planned values: an output") } },
    root_module: {
      resources: [state("planned values: a resource")],
      child_modules: [{ address: "module.m", resources: [state("planned values: a resource of a module")] }],
    },
  };
  plan.output_changes = {
    o: {
      actions: ["update"],
      before: secret("output changes: before"),
      after: secret("output changes: after"),
      before_sensitive: true,
      after_sensitive: true,
      after_unknown: false,
    },
    p: {
      actions: ["create"],
      before: null,
      after: { a: secret("output changes: deep in it") },
      before_sensitive: false,
      after_sensitive: { a: true },
      after_unknown: false,
    },
  };
  plan.resource_drift = [
    resource("aws_db_instance.drift", {
      actions: ["update"],
      before: { password: secret("drift: before") },
      after: { password: secret("drift: after") },
      before_sensitive: { password: true },
      after_sensitive: { password: true },
    }),
  ];
  plan.deferred_changes = [
    {
      reason: "unknown",
      resource_change: resource("aws_db_instance.later", {
        after: { password: secret("a deferred change") },
        after_sensitive: { password: true },
      }),
    },
  ];
  plan.checks = [
    {
      address: { kind: "check", name: "c", to_display: "check.c" },
      status: "fail",
      instances: [{ status: "fail", problems: [{ message: secret("the message of a check") }] }],
    },
  ];
  plan.action_invocations = [{ address: "action.x", type: "x", config_values: { token: secret("an action") } }];
  plan.variables = {
    password: { value: secret("a variable") },
    nested: { value: { a: [secret("a variable that is an object")] } },
  };
  const constant = (value: string) => ({ constant_value: value });
  plan.configuration.provider_config.aws.expressions.secret_key = constant(secret("a provider's credentials"));
  plan.configuration.provider_config.aws.expressions.assume_role = [
    { external_id: constant(secret("a block of a provider")) },
  ];
  plan.configuration.provider_config["aws.other"] = {
    name: "aws",
    alias: "other",
    expressions: { token: constant(secret("an alias of a provider")) },
  };
  const module = plan.configuration.root_module;
  module.variables = {
    password: { sensitive: true, default: secret("the default of a sensitive variable") },
    nested: { sensitive: true, default: { a: [secret("the default of a variable that is an object")] } },
  };
  module.outputs = { o: { sensitive: true, expression: constant(secret("the expression of a sensitive output")) } };
  module.resources.push(
    {
      address: "aws_db_instance.x",
      mode: "managed",
      type: "aws_db_instance",
      name: "x",
      provider_config_key: "aws",
      expressions: { password: constant(secret("a constant for a sensitive attribute")) },
      provisioners: [
        {
          type: "remote-exec",
          expressions: {
            inline: constant(secret("a provisioner")),
            connection: { password: constant(secret("the connection of a provisioner")) },
          },
        },
      ],
    },
    {
      address: "aws_cloudfront_distribution.list",
      mode: "managed",
      type: "aws_cloudfront_distribution",
      name: "list",
      provider_config_key: "aws",
      expressions: { aliases: { references: ["var.password"] } },
    },
  );
  module.module_calls = {
    m: {
      source: `git::https://user:${secret("the source of a module")}@example.com/m.git`,
      expressions: { token: constant(secret("the input of a module")) },
      module: {
        variables: { token: { sensitive: true, default: secret("the default of a module's variable") } },
        resources: [],
      },
    },
  };
  return plan;
}

const pem = (text: string): string =>
  `-----BEGIN RSA PRIVATE KEY-----\n${Buffer.from(`xxx${text}xxx`).toString("base64")}\n-----END RSA PRIVATE KEY-----\n`;

describe("a plan's JSON", () => {
  const { places, secret } = planter();
  const plan = planWithSecrets(secret);
  let output = "";
  beforeAll(() => {
    output = allSaid(write("plan/plan.json", plan));
  }, 120_000);

  test("holds at least fifty places, and what is looked for there", () => {
    expect(places.size).toBeGreaterThanOrEqual(50);
    const text = JSON.stringify(plan);
    for (const [place, text_] of places) expect(holds(text, text_), place).toBe(true);
    expect(output).toContain("aws_cloudfront_distribution.list");
    expect(output).toContain("sensitive");
  });

  test.each([...places])("%s", (_, text) => expect(holds(output, text)).toBe(false));

  test.each([...places])("%s: nor where only it is wrong", (place, text) => {
    // The reader complains of this very place.
    const broken = JSON.stringify(plan).replace(new RegExp(`"[^"]*${text}[^"]*"`), (found) => `[${found}]`);
    if (broken === JSON.stringify(plan)) return;
    const file = write("broken/plan.json", broken);
    expect(holds(said(["check", file]), text), place).toBe(false);
  });

  test("nor where the file ends in the middle of one", () => {
    const whole = JSON.stringify(plan);
    for (const [place, text] of [...places].slice(0, 10)) {
      const file = write("cut/plan.json", whole.slice(0, whole.indexOf(text) + text.length));
      expect(holds(said(["check", file]) + said(["endpoints", file]), text), place).toBe(false);
    }
  });
});

// --- a configuration, planned by Terraform itself

const main = (secret: (place: string) => string) => `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
  backend "local" {
    # ${secret("a comment")}
    path = "${secret("the backend")}.tfstate"
  }
}
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock_access_key"
  secret_key                  = "${secret("the credentials of a provider block")}"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
variable "domain" {
  sensitive = true
  default   = "${secret("a sensitive variable that an endpoint's name comes from")}.example.com"
}
variable "policy" {
  sensitive = true
}
variable "header" {
  sensitive = true
}
variable "from_environment" {
  sensitive = true
}
locals {
  script = sensitive(<<-EOT
    #!/bin/sh
    export TOKEN=${secret("a heredoc")}
  EOT
  )
  path = sensitive("/${secret("a local value")}/*")
  map  = { a = [sensitive("${secret("an object of a local value")}")] }
}
resource "aws_cloudfront_distribution" "x" {
  enabled = true
  aliases = [var.domain, "\${local.map.a[0]}.example.com"]
  comment = local.script
  default_root_object = var.policy
  origin {
    domain_name = "\${var.from_environment}.example.com"
    origin_id   = "o"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
    custom_header {
      name  = "x-auth"
      value = var.header
    }
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "o"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    viewer_protocol_policy = "allow-all"
  }
  ordered_cache_behavior {
    path_pattern           = local.path
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "o"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    viewer_protocol_policy = "allow-all"
  }
  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate.x.arn
    ssl_support_method  = "sni-only"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}
resource "aws_acm_certificate" "x" {
  domain_name       = var.domain
  validation_method = "DNS"
}
resource "aws_instance" "x" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    password: ${secret("user data of an instance")}
  EOT
  provisioner "local-exec" {
    command = "echo ${secret("a provisioner's command")}"
  }
}
output "o" {
  sensitive = true
  value     = [var.domain, "${secret("an output")}"]
}
check "c" {
  assert {
    condition     = length(aws_acm_certificate.x.domain_name) > 1000
    error_message = "wrong: ${secret("the message of an assertion")}"
  }
}
`;

describe.runIf(terraformIsHere("secrets in a configuration"))("a configuration", () => {
  const { places, secret } = planter();
  const text = main(secret);
  const inFiles = {
    "terraform.tfvars": `policy = "${secret("terraform.tfvars")}"\n`,
    "more.auto.tfvars": `header = "${secret("an .auto.tfvars file")}"\n`,
    "terraform.tfstate": JSON.stringify({ version: 4, resources: [], x: secret("a state file beside") }),
    ".terraform/terraform.tfstate": JSON.stringify({
      backend: { config: { password: secret("the backend's configuration") } },
    }),
    ".env": `TOKEN=${secret("an .env file")}`,
  };
  const environment = {
    TF_VAR_from_environment: secret("TF_VAR_"),
    TF_TOKEN_app_terraform_io: secret("TF_TOKEN_"),
    TF_HTTP_PASSWORD: secret("a password of the backend"),
    AWS_SECRET_ACCESS_KEY: secret("a provider's credentials in the environment"),
    GITHUB_TOKEN: secret("a token of the build server"),
  };
  let directory = "";
  let output = "";
  let wrapped = "";
  beforeAll(() => {
    directory = dirname(write("real/main.tf", text));
    const env = { ...process.env, ...terraformEnvironment(), ...environment, AWS_SECRET_ACCESS_KEY: "", TF_LOG: "" };
    write("real/terraform.tfvars", inFiles["terraform.tfvars"]);
    write("real/more.auto.tfvars", inFiles["more.auto.tfvars"]);
    const terraform = (...args: string[]) => {
      const run = spawnSync("terraform", args, { cwd: directory, env, encoding: "utf8", maxBuffer: 2 ** 28 });
      expect(run.status, run.stderr).toBe(0);
      return run.stdout;
    };
    terraform("init", "-input=false", "-no-color");
    terraform("plan", "-input=false", "-no-color", "-refresh=false", "-lock=false", "-out=tfplan");
    const json = terraform("show", "-json", "tfplan");
    for (const [name, content] of Object.entries(inFiles)) write(`real/${name}`, content);
    const plan = write("real/plan.json", json);
    const tfplan = join(directory, "tfplan");
    // A terraform that shows the plan and logs nothing of its own: what is printed is tlsgate's.
    const acted = write(
      "bin/terraform",
      `#!/bin/sh\ncase "$*" in *show*) cat '${plan}';; *plan*) for a in "$@"; do case "$a" in -out=*) cp '${tfplan}' "\${a#-out=}";; esac; done; exit 2;; esac\n`,
    );
    chmodSync(acted, 0o755);
    const settings = { cwd: directory, env: { ...environment, TF_LOG: "trace", TLSGATE_TERRAFORM: acted } };
    output = [
      allSaid(plan, settings),
      allSaid(tfplan, settings),
      allSaid(plan, settings, "--configuration", tfplan),
      allSaid(plan, settings, "--configuration", directory),
    ].join("\n");
    const report = join(root, "wrapped.json");
    const wrapper = { ...settings, env: { ...settings.env, TLSGATE_REPORT: report } };
    const given = secret("-var");
    const runs = [
      ["apply", "-auto-approve", `-var=given=${given}`],
      ["apply", "-auto-approve", "-var", `given=${given}`, tfplan],
      ["apply", tfplan, `-var=given=${given}`],
      ["apply", `-vra=given=${given}`],
      [`-var=given=${given}`, "apply"],
      ["apply", "-target=x", `-var=given=${given}`],
      ["plan", `-var=given=${given}`],
    ];
    wrapped = runs.map((args) => said(["terraform", ...args], wrapper)).join("\n") + readFileSync(report, "utf8");
  }, 300_000);

  test("is planned, judged and wrapped", () => {
    expect(output).toContain("aws_cloudfront_distribution.x");
    expect(wrapped).toContain("Refused, so nothing was applied.");
    const planned = readFileSync(join(directory, "plan.json"), "utf8");
    for (const place of ["terraform.tfvars", "TF_VAR_", "a heredoc", "a local value"]) {
      expect(holds(planned, places.get(place) ?? ""), place).toBe(true);
    }
  });

  test.each([...places])("%s", (_, text) => {
    expect(holds(output, text)).toBe(false);
    expect(holds(wrapped, text)).toBe(false);
  });

  test("nor what stands beside a mistake in it", () => {
    const broken = join(root, "broken-configuration");
    cpSync(directory, broken, { recursive: true });
    const lines = text.split("\n");
    for (const [index, line] of lines.entries()) {
      if (!/qzx\d/.test(line) || index % 2 === 0) continue;
      writeFileSync(
        join(broken, "main.tf"),
        [...lines.slice(0, index), `${line.trimEnd().slice(0, -1)} = {`, ...lines.slice(index + 1)].join("\n"),
      );
      const told = said(["check", "--configuration", broken, join(broken, "plan.json")], { cwd: broken });
      for (const [place, text_] of places) expect(holds(told, text_), place).toBe(false);
    }
  }, 120_000);
});

// --- errors, and what is said beside a plan

describe("an address with credentials", () => {
  const { places, secret } = planter();
  const insecure = resolve("test/plans/insecure-website/plan.json");
  const runs: readonly (() => string)[] = [
    () => said(["check", `https://user:${secret("a plan's path")}@example.com/plan.json`]),
    () => said(["check", `s3::https://${secret("a token as the user")}@example.com/plan.json`]),
    () => said([`https://user:${secret("a path in the place of a command")}@example.com/plan.json`]),
    () => said(["merge", `https://user:${secret("a report's path")}@example.com/report.json`]),
    () => said(["check", "--config", `https://user:${secret("a configuration's path")}@example.com/c.json`, insecure]),
    () =>
      said([
        "check",
        "--configuration",
        `https://user:${secret("the path of --configuration")}@example.com/`,
        insecure,
      ]),
    () => said(["check", "--config-from", `https://user:${secret("a ref")}@example.com/`, insecure]),
    () => allSaid(insecure, {}, "--source-url", `https://user:${secret("--source-url")}@example.com/blob/1`),
    () => said(["terraform", "apply", `https://user:${secret("a plan file of the wrapper")}@example.com/tfplan`]),
    () =>
      said(["terraform", `-chdir=https://user:${secret("-chdir")}@example.com/`, "apply"], {
        env: { TLSGATE_TERRAFORM: "/bin/false" },
      }),
  ];
  let outputs: readonly string[] = [];
  beforeAll(() => {
    outputs = runs.map((run) => run());
  }, 120_000);
  afterAll(() => expect(places.size).toBe(runs.length));

  test("is shown without them", () => {
    expect(outputs[0]).toContain("https://***@example.com/plan.json");
    for (const [index, [place, text]] of [...places].entries())
      expect(holds(outputs[index] ?? "", text), place).toBe(false);
  });
});

test("a program that shows a plan and fails logs no values into the error", () => {
  const acted = write(
    "failing/terraform",
    '#!/bin/sh\n[ -n "$TF_LOG$TF_LOG_CORE$TF_LOG_PROVIDER" ] && echo "[TRACE] qzxlogged" >&2\necho "Error: no" >&2\nexit 1\n',
  );
  chmodSync(acted, 0o755);
  const binary = write("failing/tfplan", "");
  writeFileSync(binary, planFileWith("locals {}\n"));
  const env = { TLSGATE_TERRAFORM: acted, TF_LOG: "trace", TF_LOG_CORE: "trace", TF_LOG_PROVIDER: "trace" };
  const output = said(["check", binary], { env });
  expect(output).toContain("Error: no");
  expect(output).not.toContain("qzxlogged");
});

test("what is looked for is found, in each of its encodings", () => {
  const text = "qzx001hush";
  expect(holds(`x${text}x`, text)).toBe(true);
  expect(holds(Buffer.from(`abc${text}def`).toString("hex"), text)).toBe(true);
  for (const before of ["", "a", "ab", "abc"]) {
    expect(holds(Buffer.from(`${before}${text}def`).toString("base64"), text), before).toBe(true);
  }
  expect(holds("qzx002hush", text)).toBe(false);
});
