// A zone of Cloudflare made by hand, with what belongs to it: for values that are awkward to plan, or that no provider takes.

import type { Endpoint } from "../../src/facts/endpoint.ts";
import type { Expressions, JsonObject, Mask, Plan } from "../../src/plan/plan.ts";
import { configured, plan, refersTo } from "./made.ts";
import { endpointsOf, said } from "./said.ts";

const id = "9a7806061c88ada191ed06f989cc3dac";

export const zone = "cloudflare_zone.site";

interface Options {
  /** "created" by this plan, there "before" it, or "outside" of it: the default. */
  readonly zone?: "created" | "before" | "outside";
  /** Values of the zone beside its name. */
  readonly more?: JsonObject;
  /** What is known after apply, by address; each attribute in it refers to terraform_data.late. */
  readonly late?: { readonly [address: string]: { readonly [attribute: string]: Mask } };
  /** In the configuration, a list of objects is a list of blocks, as in provider 4. */
  readonly blocks?: boolean;
}

/** The plan of a zone, example.com, and of resources of it by address; each may have a zone_id of its own. */
export function zonePlan(resources: { readonly [address: string]: JsonObject }, options: Options = {}): Plan {
  const { zone: whose = "outside", more = {}, late = {}, blocks = false } = options;
  const isCreated = whose === "created";
  const own = { name: "example.com", type: "full", ...(isCreated ? {} : { id }), ...more };
  const zones = whose === "outside" ? {} : { [zone]: { after: own, after_unknown: isCreated ? { id: true } : {} } };
  const changes = Object.entries(resources).map(([address, values]) => [
    address,
    {
      after: { ...(isCreated ? {} : { zone_id: id }), ...values },
      after_unknown: { ...(isCreated && values.zone_id === undefined ? { zone_id: true } : {}), ...late[address] },
    },
  ]);
  const configurations = Object.entries(resources).map(([address, values]) => {
    const zone_id = whose === "outside" ? {} : { zone_id: refersTo(`${zone}.id`) };
    const unknown = Object.keys(late[address] ?? {}).map((name) => [name, refersTo("terraform_data.late.output")]);
    return configured(address, {
      ...zone_id,
      ...written(values, blocks),
      ...Object.fromEntries(unknown),
    } as Expressions);
  });
  const late_ = { "terraform_data.late": { after: {}, after_unknown: { output: true } } };
  return plan({
    changes: { ...zones, ...Object.fromEntries(changes), ...late_ },
    root: {
      resources: [
        ...(whose === "outside" ? [] : [configured(zone)]),
        ...configurations,
        configured("terraform_data.late"),
      ],
    },
  });
}

const written = (values: JsonObject, blocks: boolean): JsonObject =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [
        name,
        blocks && isBlocks(value) ? value.map((one) => written(one, blocks)) : { constant_value: value },
      ]),
  );

const isBlocks = (value: unknown): value is JsonObject[] =>
  Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null);

/** A setting of provider 5. */
export const setting = (setting_id: string, value: unknown): JsonObject => ({ setting_id, value }) as JsonObject;

/** The settings of a zone by provider 5, each at an address of its id. */
export const settings = (values: { readonly [setting: string]: unknown }): { [address: string]: JsonObject } =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`cloudflare_zone_setting.${name}`, setting(name, value)]),
  );

/** What an endpoint says, fact by fact. */
export function saidOf(endpoint: Endpoint) {
  const [route] = endpoint.routes;
  return {
    certificate: said(endpoint.certificate),
    minimumTls: said(endpoint.minimumTls),
    forwardSecrecy: said(endpoint.forwardSecrecy),
    aeadOnly: said(endpoint.aeadOnly),
    plainHttp: said(route?.plainHttp),
    maxAge: said(route?.hsts?.maxAge),
    protocol: said(endpoint.upstreams[0]?.protocol),
    origin: said(endpoint.upstreams[0]?.certificate),
  };
}

export const endpointAt = (made: Plan, address: string): Endpoint | undefined => endpointsOf(made).get(address);
