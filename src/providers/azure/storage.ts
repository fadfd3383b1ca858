// azurerm_storage_account → endpoints: what everybody may read under the account's name, and its custom domain; and the
// object store with all of its blobs and files, for which secure transfer is one setting.
// https://learn.microsoft.com/azure/storage/common/storage-require-secure-transfer

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Hsts, PlainHttp } from "../../facts/endpoint.ts";
import { fact, known, lookUp, mapped, standAt } from "../../facts/fact.ts";
import { noHttps } from "../../facts/https-beside.ts";
import { always, everything, nameOf } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { linkedBy, usersOf } from "../users.ts";
import { minimumTlsVersions } from "./storage-values.ts";

export default defineAdapter({
  id: "azure/storage",
  resourceTypes: ["azurerm_storage_account"],
  cannotShow: ["The cipher suites of Azure Storage: it alone decides on them, and no page lists them."],
  endpoints: (account) => [accountOf(account), ...customDomainOf(account)],
  objectStores: (account) => [
    {
      address: account.address,
      kind: "storage account",
      refusesPlainHttp: mapped(plainHttpOf(account), (treatment) => treatment === "refused"),
    },
  ],
});

function accountOf(account: Resource): Endpoint {
  return {
    address: account.address,
    kind: "storage account",
    names: [],
    certificate: always(account, "provider", text`the account has a name of Azure's`),
    certificates: [],
    minimumTls: fact(account, "min_tls_version", {
      read: (value) => lookUp(minimumTlsVersions, value),
      suggests: suggestTls,
      // https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/storage_account
      absent: "TLS 1.2",
      remedy: "TLS1_2",
    }),
    // https://learn.microsoft.com/azure/storage/common/transport-layer-security-configure-minimum-version
    ecdheAes: always(account, true, text`Azure Storage takes TLS 1.3`),
    routes: isPrivate(account) ? [] : [{ path: everything, plainHttp: plainHttpOf(account), hsts: hstsOf(account) }],
    upstreams: [],
  };
}

/** By its name now, and that of azurerm 2. */
const publicAccess = ["allow_nested_items_to_be_public", "allow_blob_public_access"];

/**
 * Whether the plan shows that nobody reads it without a key: no website, and no container that could let everybody in.
 * https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent
 */
function isPrivate(account: Resource): boolean {
  const isClosed = publicAccess.some((name) => account.planned(name) === false);
  const { presence } = account.block("static_website", { computed: true });
  return isClosed && presence === "absent" && websitesOf(account).length === 0;
}

/** By its name now, or that of azurerm 3, whose last versions have both: then the one that is not written is a step behind. */
const names = ["https_traffic_only_enabled", "enable_https_traffic_only"];

function plainHttpOf(account: Resource): PlainHttp {
  const isOff = (name: string) => account.planned(name) === false;
  const isSet = (name: string) => account.value(name).state !== "absent";
  const isOpen = (name: string) => account.value(name).state === "unknown";
  const attribute = names.find(isOff) ?? names.find(isOpen) ?? names.find(isSet) ?? "https_traffic_only_enabled";
  return fact(account, attribute, {
    read: (value) => (value === true ? "refused" : value === false ? "served" : undefined),
    absent: "refused",
    remedy: true,
  });
}

const websites = {
  types: ["azurerm_storage_account_static_website"],
  attribute: "storage_account_id",
  targets: { azurerm_storage_account: ["id"] },
};

const websitesOf = (account: Resource): readonly Resource[] => usersOf(account, websites);

/** Only a website serves pages, and what Azure serves it from cannot be told to send headers. */
function hstsOf(account: Resource): Hsts | undefined {
  const website = account.block("static_website");
  const [apart] = websitesOf(account);
  if ((website.presence !== "present" && !apart) || isBehindFrontDoor(account)) return undefined;
  // https://learn.microsoft.com/azure/storage/blobs/storage-blob-static-website#adding-http-headers
  const note = text`a static website of Azure Storage sends no headers of its owner's: put Azure Front Door before it`;
  const stand = { ...standAt(apart ?? account, apart ? "" : "static_website"), note };
  const none = { ...known(false), ...stand };
  return { maxAge: { ...known(0), ...stand }, includeSubDomains: none, preload: none };
}

/** What stands before the website sends the headers. */
const isBehindFrontDoor = (account: Resource): boolean =>
  usersOf(account, fronts, (front, attribute, targets) =>
    originsOf(front).flatMap((origin) => linkedBy(origin, attribute, targets)),
  ).length > 0;

const fronts = {
  types: ["azurerm_cdn_frontdoor_origin", "azurerm_cdn_endpoint"],
  attribute: "host_name",
  targets: { azurerm_storage_account: ["primary_web_host", "primary_web_endpoint"] },
};

const originsOf = (front: Block): readonly Block[] =>
  front.resource.type === "azurerm_cdn_endpoint" ? front.blocks("origin", { set: true }) : [front];

/** Azure Storage has no HTTPS under a domain of its owner's, and does not ask for it there either (same page). */
function customDomainOf(account: Resource): Endpoint[] {
  const domain = account.block("custom_domain");
  if (domain.presence === "absent") return [];
  const stand = {
    ...standAt(domain, "name"),
    note: text`Azure Storage has no HTTPS for custom domains: put Azure Front Door before it`,
  };
  return [
    {
      address: account.address,
      kind: "storage account domain",
      names: [nameOf(domain, "name")],
      certificate: { ...known("missing"), ...stand },
      certificates: [],
      httpsBeside: noHttps(stand),
      routes: [{ path: text`custom domain`, plainHttp: { ...known("served"), ...stand } }],
      upstreams: [],
    },
  ];
}
