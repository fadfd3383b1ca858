// azapi_resource, azapi_update_resource → endpoints, as far as their body shows what is set.
// https://learn.microsoft.com/azure/templates/

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, lookUp } from "../../facts/fact.ts";
import { everything } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import { armTypeOf, armTypes, kindOfArmResource } from "./arm-types.ts";
import { minimumTlsVersions as accountVersions } from "./storage-values.ts";
import { minimumTlsVersions as siteVersions } from "./web-app-values.ts";

interface Judged {
  readonly minimumTls?: Endpoint["minimumTls"];
  readonly plainHttp?: PlainHttp | undefined;
}

/** By type in small letters: what its properties say of an endpoint. */
const readers: { readonly [type: string]: (properties: Block) => Judged } = {
  // https://learn.microsoft.com/azure/templates/microsoft.app/containerapps
  "microsoft.app/containerapps": (properties) => ({
    plainHttp: treatment(properties.block("configuration").block("ingress"), "allowInsecure", "served", "redirected"),
  }),
  // https://learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts
  "microsoft.storage/storageaccounts": (properties) => ({
    plainHttp: treatment(properties, "supportsHttpsTrafficOnly", "refused", "served"),
    minimumTls: shown(properties, "minimumTlsVersion", (value) => lookUp(accountVersions, value), "TLS1_2"),
  }),
  "microsoft.web/sites": site,
  "microsoft.web/sites/slots": site,
};

export default defineAdapter({
  id: "azure/azapi",
  resourceTypes: ["azapi_resource", "azapi_update_resource"],
  cannotShow: [
    "What Azure sets where the body says nothing: HTTPS and TLS versions that the body of an App Service app, a container app or a storage account sets are judged, and reports name the resource as not judged.",
  ],
  endpoints(resource) {
    const type = armTypeOf(resource) ?? "";
    const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
    const { plainHttp, minimumTls } = read?.(resource.block("body").block("properties")) ?? {};
    if (!plainHttp && !minimumTls) return [];
    const routes = plainHttp ? [{ path: everything, plainHttp }] : [];
    const base = { address: resource.address, names: [], certificates: [], upstreams: [] };
    return [{ ...base, kind: armTypes[type] ?? "Azure resource", minimumTls, routes }];
  },
  // What is read of a body is never the whole.
  notJudged: { what: "Azure resource", kindOf: kindOfArmResource },
});

/** https://learn.microsoft.com/azure/templates/microsoft.web/sites */
function site(properties: Block): Judged {
  const config = properties.block("siteConfig");
  return {
    plainHttp: treatment(properties, "httpsOnly", "redirected", "served"),
    minimumTls: shown(config, "minTlsVersion", (value) => lookUp(siteVersions, value), "1.2"),
  };
}

/** What becomes of plain HTTP where a flag is set, and where it is not; the remedy is the one that does not serve it. */
const treatment = <On extends string, Off extends string>(block: Block, flag: string, on: On, off: Off) =>
  shown<On | Off>(
    block,
    flag,
    (value) => (value === true ? on : value === false ? off : undefined),
    (on as string) !== "served",
  );

/** A setting that the plan shows in the model's words; nothing where it is not set, not known yet, or in no table. */
function shown<T>(
  block: Block,
  attribute: string,
  read: (value: unknown) => T | undefined,
  remedy: string | boolean,
): Fact<T> | undefined {
  const value = block.value(attribute);
  if (!isShown(value)) return undefined;
  const word = read(value.value);
  return word === undefined ? undefined : fact(block, attribute, { read, absent: word, remedy });
}
