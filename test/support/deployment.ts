// A CDKTF app in a directory of its own, the programs that deploy it, and what they have made of a stand-in for AWS.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { terraformEnvironment } from "../../scripts/terraform.ts";
import type { Report } from "../../src/report/report.ts";
import { type Front, startFront } from "./aws-front.ts";

export interface Ended {
  readonly code: number;
  /** All that stood on the screen, without colours. */
  readonly screen: string;
}

/** What a person types once a text has come up. */
export type Answers = readonly (readonly [text: string, keys: string])[];

export const keys = { down: "\u001B[B", enter: "\r" };

const commandLine = resolve("test/deploy/cli");

/** `directory` holds the app; its copy gets this repository in the place of what `npm install` would bring. */
export async function deploymentOf(directory: string, moto: string) {
  const front = await startFront(moto);
  const app = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-deploy-")));
  cpSync(directory, app, { recursive: true });
  for (const name of ["@cdktf/provider-aws", "cdktf", "constructs", "tsx"]) link(join("node_modules", name), name);
  link(".", "tlsgate");
  link("dist/cli.cjs", ".bin/tlsgate");
  link("dist/terraform.cjs", ".bin/tlsgate-terraform");

  function link(target: string, name: string): void {
    const path = join(app, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(resolve(target), path);
  }

  const temporary = join(app, "tmp");
  mkdirSync(temporary);
  const environment = {
    ...process.env,
    ...terraformEnvironment(),
    // As npx sets it.
    PATH: [join(app, "node_modules", ".bin"), process.env.PATH].join(delimiter),
    TERRAFORM_BINARY_NAME: "tlsgate-terraform",
    DISABLE_VERSION_CHECK: "1",
    TMPDIR: temporary,
    AWS_ENDPOINT_URL: front.url,
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_REGION: "us-east-1",
  };

  /** What would outlive a test that runs out of time. */
  const running = new Set<{ kill(): void }>();

  function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd = app): Promise<Ended> {
    return new Promise((end, fail) => {
      const child = spawn(file, args, { cwd, env: { ...environment, ...env }, stdio: ["ignore", "pipe", "pipe"] });
      running.add(child);
      let screen = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          screen += text;
        });
      }
      child.on("error", fail);
      child.on("close", (code) => {
        running.delete(child);
        end({ code: code ?? -1, screen: stripVTControlCharacters(screen) });
      });
    });
  }

  const cdktfProgram = join(commandLine, "node_modules/cdktf-cli/bundle/bin/cdktf");

  /** Without a terminal, as in CI. */
  const cdktf = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    run(process.execPath, [cdktfProgram, ...args], env);

  /** At a terminal, with a person before it who waits for each text in turn. */
  function cdktfAtTerminal(args: readonly string[], answers: Answers, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const waiting = [...answers];
    // In CI, cdktf shows nothing before its end and asks nobody.
    const interactive = Object.fromEntries(
      Object.entries({ ...environment, ...env }).filter(([name]) => !/^(CI|CONTINUOUS_INTEGRATION|CI_.*)$/.test(name)),
    );
    let [screen, read] = ["", 0];
    return new Promise((end) => {
      const terminal = terminals().spawn(process.execPath, [cdktfProgram, ...args], {
        cwd: app,
        env: interactive,
        cols: 200,
        rows: 50,
      });
      running.add(terminal);
      terminal.onData((data) => {
        screen += data;
        const [text, typed] = waiting[0] ?? [];
        if (text === undefined || typed === undefined) return;
        const at = stripVTControlCharacters(screen).indexOf(text, read);
        if (at < 0) return;
        read = at + text.length;
        waiting.shift();
        // cdktf begins to listen a little after it has asked, and says nothing to a key that it has missed.
        const type = (patience: number) => {
          const shown = screen.length;
          terminal.write(typed);
          setTimeout(() => {
            if (patience > 0 && screen.length === shown && running.has(terminal)) type(patience - 1);
          }, 4000);
        };
        setTimeout(() => type(10), 1500);
      });
      terminal.onExit(({ exitCode }) => {
        running.delete(terminal);
        end({ code: exitCode, screen: stripVTControlCharacters(screen) });
      });
    });
  }

  /** The report for programs that cdktf leads to. */
  const report = (stack: string): Report =>
    JSON.parse(readFileSync(join(app, "cdktf.out", "tlsgate", `${stack}.json`), "utf8"));

  return {
    path: (...names: string[]) => join(app, ...names),
    run,
    cdktf,
    cdktfAtTerminal,
    report,
    aws: awsAt(front),
    /** What the gate has left of its plans. */
    left: () => readdirSync(temporary).filter((name) => name.startsWith("tlsgate-")),
    async remove(): Promise<void> {
      for (const one of running) one.kill();
      await front.close();
      rmSync(app, { recursive: true, force: true });
    },
  };
}

export type Deployment = Awaited<ReturnType<typeof deploymentOf>>;

interface Terminal {
  readonly onData: (listener: (data: string) => void) => void;
  readonly onExit: (listener: (event: { readonly exitCode: number }) => void) => void;
  readonly write: (keys: string) => void;
  readonly kill: () => void;
}

interface Terminals {
  spawn(file: string, args: string[], options: { cwd: string; env: object; cols: number; rows: number }): Terminal;
}

/** The pseudo-terminals that cdktf itself brings along. */
const terminals = (): Terminals =>
  createRequire(join(commandLine, "package.json"))("@cdktf/node-pty-prebuilt-multiarch");

// --- what stands in AWS, asked through its own API

function awsAt({ url, changes }: Front) {
  async function ask(service: string, method: string, path: string, body?: string, target?: string): Promise<string> {
    const response = await fetch(url + path, {
      method,
      headers: {
        // The stand-in wants to know the service, not who asks.
        authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/${service}/aws4_request`,
        ...(target ? { "content-type": "application/x-amz-json-1.1", "x-amz-target": target } : {}),
      },
      ...(body === undefined ? {} : { body }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${service} ${method} ${path}: ${response.status} ${answer}`);
    return answer;
  }

  const all = (text: string, element: string): string[] =>
    [...text.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, "gs"))].map(([, content = ""]) => content);

  return {
    /** Every request that changed something, the oldest first. */
    changes,

    async createZone(name: string): Promise<string> {
      const wish = `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>${name}</CallerReference></CreateHostedZoneRequest>`;
      const [id = ""] = all(await ask("route53", "POST", "/2013-04-01/hostedzone", wish), "Id");
      return id.replace("/hostedzone/", "");
    },

    /** The records of a zone but for its own, e.g. `docs.example.test A`. */
    async records(zone: string): Promise<string[]> {
      const answer = await ask("route53", "GET", `/2013-04-01/hostedzone/${zone}/rrset`);
      return all(answer, "ResourceRecordSet")
        .map((set) => `${all(set, "Name")[0]?.replace(/\.$/, "")} ${all(set, "Type")[0]}`)
        .filter((record) => !/ (NS|SOA)$/.test(record))
        .sort();
    },

    /** Each distribution, as CloudFront shows it, by its first name. */
    async distributions(): Promise<{ readonly [name: string]: string }> {
      const answer = await ask("cloudfront", "GET", "/2020-05-31/distribution");
      return Object.fromEntries(all(answer, "DistributionSummary").map((one) => [all(one, "CNAME")[0] ?? "", one]));
    },

    headersPolicies: async () =>
      all(await ask("cloudfront", "GET", "/2020-05-31/response-headers-policy"), "ResponseHeadersPolicySummary"),

    /** The name on each certificate, and whether it is issued. */
    async certificates(): Promise<string[]> {
      const answer = await ask("acm", "POST", "/", "{}", "CertificateManager.ListCertificates");
      const { CertificateSummaryList: list } = JSON.parse(answer);
      return list.map((one: { DomainName: string; Status: string }) => `${one.DomainName} ${one.Status}`).sort();
    },

    buckets: async () => all(await ask("s3", "GET", "/"), "Bucket"),
  };
}
