// What a construct makes, drawn from its own example: run by the real CDKTF, so no picture is out of date.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { Lb } from "@cdktf/provider-aws/lib/lb/index.js";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group/index.js";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { App, TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { Certificate } from "../../modules/certificate.ts";

/** What an example may use without a word about it, beside `this`, the stack. */
export const given = (stack: TerraformStack) => ({
  zones: { "example.com": "Z0EXAMPLECOM" },
  certificate: Certificate.fromArn("arn:aws:acm:us-east-1:123456789012:certificate/0123abcd"),
  bucket: new S3Bucket(stack, "given-bucket", {}),
  loadBalancer: new Lb(stack, "given-load-balancer", {}),
  targetGroup: new LbTargetGroup(stack, "given-target-group", {}),
});

/** A resource or data source of an example. */
export interface Made {
  readonly type: string;
  /** Where it is not the region of the stack. */
  readonly region?: string;
  /** Addresses. */
  readonly refersTo: readonly string[];
  /** Whether the construct made it; the example may make others beside it. */
  readonly isOwn: boolean;
  /** What is set on it by resources of their own. */
  readonly settings?: readonly string[];
}

/** Runs the example of a construct with what the modules export, and gives what comes out, by address. */
export function runExample(example: string, construct: string, modules: object): ReadonlyMap<string, Made> {
  const outdir = mkdtempSync(join(tmpdir(), "tlsgate-example-"));
  try {
    const stack = new TerraformStack(new App({ outdir }), "stack");
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    const names = { ...modules, ...given(stack) };
    const code = example.replace(/^import [^;]* from "tlsgate\/modules";$/gm, "");
    const program = `({ ${Object.keys(names).join(", ")} }) => function () {\n${code}\n}`;
    runInThisContext(program, { filename: `@example of ${construct}` })(names).call(stack);
    stack.runAllValidations();
    return madeIn(stack, Reflect.get(modules, construct));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function madeIn(stack: TerraformStack, construct: new () => object): ReadonlyMap<string, Made> {
  const { resource = {}, data = {}, provider = {} } = stack.toTerraform();
  const regionOf = (name: string): string | undefined =>
    provider.aws.find(({ alias }: { readonly alias?: string }) => name === `aws.${alias}`)?.region;
  const all = stack.node.findAll().flatMap((element) => {
    const kind = kindOf(element);
    if (!kind) return [];
    const { terraformResourceType: type, friendlyUniqueId: name } = element as TerraformResource;
    const config = (kind === "data" ? data : resource)[type][name];
    const region = config.provider && regionOf(config.provider);
    const isOwn = element.node.scopes.some((scope) => scope instanceof construct);
    const prefix = kind === "data" ? "data." : "";
    return [
      { address: `${prefix}${type}.${name}`, type: `${prefix}${type}`, region, isOwn, text: JSON.stringify(config) },
    ];
  });
  const known = new Set(all.map(({ address }) => address));
  return new Map(
    all.map(({ address, text, ...made }) => {
      const words = new Set(text.match(/\b(data\.)?[a-z]\w*\.[\w-]+/g));
      return [address, { ...made, refersTo: [...words].filter((one) => one !== address && known.has(one)) }];
    }),
  );
}

const kindOf = (element: IConstruct): "data" | "resource" | undefined =>
  TerraformDataSource.isTerraformDataSource(element)
    ? "data"
    : TerraformResource.isTerraformResource(element)
      ? "resource"
      : undefined;

/** Resources of one type that refer, and are referred to, alike. */
interface Box {
  readonly id: string;
  readonly label: string;
  readonly addresses: readonly string[];
  readonly made: Made;
}

const viewed = ["aws_cloudfront_distribution", "aws_lb_listener"];

/** A mermaid flowchart: the viewers, what the construct made, and, dashed, what that refers to outside of it. */
export function diagramOf(resources: ReadonlyMap<string, Made>): string {
  const made = withSettings(resources);
  const referred = new Set([...made.values()].flatMap(({ isOwn, refersTo }) => (isOwn ? refersTo : [])));
  const boxes = boxesOf(new Map([...made].filter(([address, { isOwn }]) => isOwn || referred.has(address))));
  const targets = new Map(
    boxes.map((box) => [
      box,
      box.made.isOwn
        ? boxes.filter((other) => other !== box && other.addresses.some((one) => refers(box, one, made)))
        : [],
    ]),
  );
  const reached = (from: Box, seen = new Set<Box>()): ReadonlySet<Box> => {
    for (const one of targets.get(from) ?? []) if (!seen.has(one)) reached(one, seen.add(one));
    return seen;
  };
  const edges = boxes.flatMap((from) => {
    const direct = targets.get(from) ?? [];
    // An arrow that others lead to as well is left out.
    return direct
      .filter((to) => !direct.some((by) => by !== to && reached(by).has(to)))
      .map((to) => `${from.id} --> ${to.id}`);
  });
  const seen = boxes.filter((box) => box.made.isOwn && viewed.includes(box.made.type));
  return [
    "flowchart LR",
    ...(seen.length > 0 ? ["viewer([viewer])"] : []),
    ...boxes.map(({ id, label, made: { isOwn } }) => `${id}["${label}"]${isOwn ? "" : ":::given"}`),
    ...seen.map(({ id }) => `viewer --> ${id}`),
    ...edges,
    ...(boxes.some((box) => !box.made.isOwn) ? ["classDef given stroke-dasharray: 4"] : []),
  ].join("\n  ");
}

/** A resource that only sets something on another, as `aws_s3_bucket_versioning` does, becomes a part of that. */
function withSettings(made: ReadonlyMap<string, Made>): ReadonlyMap<string, Made> {
  const target = new Map<string, string>();
  for (const [address, { type, isOwn, refersTo }] of made) {
    const [on = "", ...others] = refersTo;
    const base = made.get(on);
    const isSetting = base?.isOwn === isOwn && others.length === 0 && type.startsWith(`${base.type}_`);
    if (isSetting) target.set(address, on);
  }
  return new Map(
    [...made].flatMap(([address, resource]) => {
      if (target.has(address)) return [];
      const setters = [...target.keys()].filter((one) => target.get(one) === address);
      const settings = setters.map((one) => (made.get(one)?.type ?? "").slice(resource.type.length + 1));
      const refersTo = [...new Set(resource.refersTo.map((one) => target.get(one) ?? one))];
      return [[address, { ...resource, refersTo, settings }] as const];
    }),
  );
}

const refers = (box: Box, address: string, made: ReadonlyMap<string, Made>): boolean =>
  box.addresses.some((one) => made.get(one)?.refersTo.includes(address));

function boxesOf(made: ReadonlyMap<string, Made>): Box[] {
  const groups = new Map<string, string[]>();
  for (const [address, { type, isOwn, refersTo, settings }] of made) {
    const users = [...made].flatMap(([, user]) => (user.refersTo.includes(address) ? user.type : []));
    const used = refersTo.map((one) => made.get(one)?.type);
    const key = [isOwn, type, [...new Set(used)].sort(), [...new Set(users)].sort(), settings].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), address]);
  }
  const ids = new Map<string, number>();
  return [...groups.values()].map((addresses) => {
    const first = made.get(addresses[0] as string) as Made;
    const name = first.type.replace(/^(data\.)?aws_/, "$1");
    const count = (ids.get(name) ?? 0) + 1;
    ids.set(name, count);
    const lines = [
      `${name}${addresses.length > 1 ? ` ×${addresses.length}` : ""}`,
      ...(first.settings ?? []).map((one) => `+ ${one}`),
      ...(first.region ? [`in ${first.region}`] : []),
    ];
    return {
      id: `${name.replace(".", "_")}${count > 1 ? count : ""}`,
      label: lines.map((line) => line.replaceAll(/[._]/g, " ")).join("<br/>"),
      addresses,
      made: first,
    };
  });
}
