// A registry in S3, which is moto here: created once, replaced under a condition, by two publishers at once.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { installedPackages } from "../../src/registry/lock.ts";
import { publish, readIndex, withdraw } from "../../src/registry/publish.ts";
import { parseS3Address, s3Store } from "../../src/registry/s3-store.ts";
import { createOnce, update } from "../../src/registry/store.ts";
import { edgeOf } from "../support/cloudfront-edge.ts";
import { type Deployment, deploymentOf } from "../support/deployment.ts";
import { builtVersion, temporaryDirectories } from "../support/registry.ts";
import { certificateIn, type RunningServer } from "../support/servers.ts";

const moto = inject("moto")?.registry;

test("an address is a bucket, and a prefix that ends in a slash", () => {
  expect(parseS3Address("s3://modules")).toEqual({ bucket: "modules", prefix: "" });
  expect(parseS3Address("s3://modules/")).toEqual({ bucket: "modules", prefix: "" });
  expect(parseS3Address("s3://modules/a/b/")).toEqual({ bucket: "modules", prefix: "a/b/" });
  for (const wrong of ["s3://", "s3://A", "s3:/modules", "https://modules"]) {
    expect(() => parseS3Address(wrong)).toThrow("is not the address of a bucket.");
  }
});

beforeAll(() => {
  if (moto === undefined) return;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: moto,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
});

describe.runIf(moto)("a registry in a bucket", () => {
  const bucket = "tlsgate-modules";
  const store = (prefix: string) => s3Store(`s3://${bucket}/${prefix}`, process.env);
  let client: S3Client;

  beforeAll(async () => {
    client = new S3Client({ forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  });

  test("creates a file once", async () => {
    const one = store("once");
    expect(await createOnce(one, "a", Buffer.from("1"))).toBe("created");
    expect(await createOnce(one, "a", Buffer.from("1"))).toBe("same");
    await expect(createOnce(one, "a", Buffer.from("2"))).rejects.toThrow(
      `a is in s3://${bucket}/once already, with other content`,
    );
    expect((await one.read("a"))?.content.toString()).toBe("1");
  });

  test("replaces only what has not changed since it was read", async () => {
    const one = store("replaced");
    await one.create("a", Buffer.from("1"));
    const before = await one.read("a");
    expect(await one.replace("a", Buffer.from("2"), before?.tag)).toBe(true);
    expect(await one.replace("a", Buffer.from("3"), before?.tag)).toBe(false);
    expect(await one.replace("a", Buffer.from("3"), undefined)).toBe(false);
    expect((await one.read("a"))?.content.toString()).toBe("2");
  });

  test("loses no change of two that count at once", async () => {
    const one = store("counted");
    const add = () => update(one, "a", (present) => Buffer.from(String(Number(present?.toString() ?? 0) + 1)));
    await Promise.all(Array.from({ length: 6 }, add));
    expect((await one.read("a"))?.content.toString()).toBe("6");
  });

  test("holds what two publishers at once have published", async () => {
    const publisher = async (module: string) => {
      for (const version of ["1.0.0", "1.1.0"]) {
        await publish(store("race"), [await builtVersion(`example/${module}/aws`, version, module)], new Date());
      }
    };
    await Promise.all(["one", "two", "one"].map(publisher));
    const { modules } = await readIndex(store("race"));
    expect(modules.map(({ address, versions }) => [address, versions.map(({ version }) => version)])).toEqual([
      ["example/one/aws", ["1.1.0", "1.0.0"]],
      ["example/two/aws", ["1.1.0", "1.0.0"]],
    ]);
    for (const module of ["one", "two"]) {
      const versions = await store("race").read(`v1/modules/example/${module}/aws/versions`);
      expect(JSON.parse(versions?.content.toString() ?? "").modules[0].versions).toHaveLength(2);
    }
  });

  test("takes one of two contents that are published under one version at once", async () => {
    const results = await Promise.allSettled(
      ["a", "b"].map(async (text) =>
        publish(store("duel"), [await builtVersion("example/one/aws", "1.0.0", text)], new Date()),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("serves files with their types, packages as immutable", async () => {
    const built = await builtVersion("example/site/aws", "1.0.0");
    await publish(store("typed"), [built], new Date());
    await withdraw(store("typed"), "example/site/aws", "1.0.0", "It is only a test.", new Date());
    const head = (path: string) => client.send(new HeadObjectCommand({ Bucket: bucket, Key: `typed/${path}` }));
    const directory = "v1/modules/example/site/aws";
    expect(await head(`${directory}/1.0.0/module.tar.gz`)).toMatchObject({
      ContentType: "application/gzip",
      CacheControl: "public, max-age=31536000, immutable",
    });
    expect(await head(".well-known/terraform.json")).toMatchObject({ ContentType: "application/json" });
    expect(await head(`${directory}/versions`)).toMatchObject({
      ContentType: "application/json",
      CacheControl: "public, max-age=60",
    });
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `typed/${directory}/versions` }));
    expect(JSON.parse((await Body?.transformToString()) ?? "")).toEqual({ modules: [{ versions: [] }] });
  });

  test("a bucket that does not exist is an error of the user", async () => {
    const missing = s3Store("s3://no-such-bucket-here", process.env);
    await expect(missing.read("a")).rejects.toThrow(
      "a could not be read from s3://no-such-bucket-here (NoSuchBucket).",
    );
    await expect(missing.create("a", Buffer.from(""))).rejects.toThrow("could not be written");
  });
});

describe.runIf(moto)("examples/module-registry, deployed", { timeout: 600_000 }, () => {
  let deployment: Deployment;
  let edge: RunningServer | undefined;
  const directory = temporaryDirectories();

  beforeAll(async () => {
    deployment = await deploymentOf("examples/module-registry", moto ?? "");
  });
  afterAll(async () => {
    edge?.stop();
    await deployment.remove();
  });

  const succeed = async (file: string, args: readonly string[], cwd = ".", env: NodeJS.ProcessEnv = {}) => {
    const { code, screen } = await deployment.run(file, args, env, deployment.path(cwd));
    expect(code, screen).toBe(0);
    return screen;
  };

  test("serves a module that was published into its bucket", async () => {
    const zone = await deployment.aws.createZone("example.com");
    const main = readFileSync(deployment.path("main.ts"), "utf8");
    writeFileSync(deployment.path("main.ts"), main.replace("Z0123456789ABCDEFGHIJ", zone));
    await succeed(process.execPath, ["--import", "tsx", "main.ts"]);
    const stack = join("cdktf.out", "stacks", "module-registry");
    // A stand-in for AWS has no names for buckets.
    const pathStyle = [{ s3_use_path_style: true }, { alias: "us_east_1", s3_use_path_style: true }];
    writeFileSync(
      deployment.path(stack, "stand_in_override.tf.json"),
      JSON.stringify({ provider: { aws: pathStyle } }),
    );
    await succeed("terraform", ["init", "-input=false"], stack);
    await succeed("tlsgate", ["terraform", "apply", "-auto-approve", "-input=false"], stack);
    const bucket = (await succeed("terraform", ["output", "-raw", "bucket"], stack)).trim();

    process.env.AWS_REGION = "eu-west-1";
    // It refuses plain HTTP, which is all that the stand-in speaks.
    await new S3Client({ forcePathStyle: true }).send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
    const store = s3Store(`s3://${bucket}`, process.env);
    await publish(store, [await builtVersion("example/empty/null", "1.0.0")], new Date());
    const certificate = certificateIn(directory());
    edge = await edgeOf(store, certificate);
    const source = `127.0.0.1:${edge.port}/example/empty/null`;
    mkdirSync(deployment.path("client"));
    writeFileSync(
      deployment.path("client", "main.tf"),
      `module "empty" {\n  source  = "${source}"\n  version = "~> 1.0"\n}\n`,
    );
    await succeed("terraform", ["init", "-input=false"], "client", { SSL_CERT_FILE: certificate.cert });
    expect(installedPackages(deployment.path("client"))).toMatchObject([{ source, version: "1.0.0" }]);
  });
});
