// A site of App Service → endpoints: the app itself, and the deployment site (SCM, Kudu) that comes with it.
// https://learn.microsoft.com/azure/app-service/overview-tls

import type { Endpoint, PlainHttp, TlsVersion } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, known, lookUp, mapped, standAt } from "../../facts/fact.ts";
import { always, onlyRoute } from "../../facts/service.ts";
import { suggestSecrecy, suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { allSuites, minimumCipherSuites, minimumTlsVersions, recommendedSuite } from "./web-app-values.ts";

/** The older resources, and logic apps, shorten the names of their attributes, and do not ask for site_config. */
const isOlder = /^azurerm_(app_service|function_app)(_slot)?$|^azurerm_logic_app_standard$/;

/** Flex consumption and the older resources have no floor of cipher suites. */
const hasSuites = /^azurerm_(linux|windows)_/;

export const sitesOf = (app: Resource, kind: string): Endpoint[] => [siteOf(app, kind), deploymentSiteOf(app, kind)];

export function siteOf(app: Resource, kind: string): Endpoint {
  const config = configOf(app);
  const minimumTls = minimumTlsOf(config, "");
  return {
    address: app.address,
    kind,
    names: [],
    certificate: azureCertificate(app),
    certificates: [],
    minimumTls,
    ...suitesOf(config, minimumTls),
    httpVersions: fact<readonly string[]>(config, "http2_enabled", {
      read: (value) => (value === true ? ["HTTP/1.1", "HTTP/2"] : value === false ? ["HTTP/1.1"] : undefined),
      absent: ["HTTP/1.1"],
      remedy: true,
    }),
    routes: [onlyRoute(app, plainHttpOf(app), text`the application`)],
    upstreams: [],
  };
}

/** What becomes of plain HTTP on it, and which cipher suites it offers, no page tells. */
const deploymentSiteOf = (app: Resource, kind: string): Endpoint => ({
  address: app.address,
  kind: `deployment site of a ${kind}`,
  names: [],
  certificate: azureCertificate(app),
  certificates: [],
  minimumTls: minimumTlsOf(configOf(app), "scm_"),
  routes: [],
  upstreams: [],
});

const azureCertificate = (app: Resource) => always(app, "provider" as const, text`the app has a name of Azure's`);

const configOf = (app: Resource): Block => app.block("site_config", { computed: isOlder.test(app.type) });

// https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app
const plainHttpOf = (app: Resource): PlainHttp =>
  fact(app, "https_only", {
    read: (value) => (value === true ? "redirected" : value === false ? "served" : undefined),
    absent: "served",
    remedy: true,
  });

const minimumTlsAttribute = (config: Block): string =>
  isOlder.test(config.resource.type) ? "min_tls_version" : "minimum_tls_version";

const minimumTlsOf = (config: Block, prefix: "" | "scm_"): Fact<TlsVersion> =>
  fact(config, prefix + minimumTlsAttribute(config), {
    read: (value) => lookUp(minimumTlsVersions, value),
    suggests: suggestTls,
    // By Azure and by the provider, for both sites.
    absent: "TLS 1.2",
    remedy: "1.2",
    stricter: ["1.3"],
  });

/** The floor of cipher suites matters only below TLS 1.3, whose own suites are all strong. */
function suitesOf(
  config: Block,
  minimumTls: Fact<TlsVersion>,
): Pick<Endpoint, "forwardSecrecy" | "aeadOnly" | "ecdheAes"> {
  const modern = standAt(config, minimumTlsAttribute(config), "1.3");
  const suites: Fact<typeof allSuites> = hasSuites.test(config.resource.type)
    ? fact(config, "minimum_tls_cipher_suite", {
        read: (value) => lookUp(minimumCipherSuites, value),
        suggests: suggestSecrecy,
        absent: allSuites,
        remedy: recommendedSuite,
      })
    : { ...known(allSuites), ...modern, note: text`below TLS 1.3 all of App Service's suites are on` };
  const strong = (choose: (one: typeof allSuites) => boolean): Fact<boolean> => {
    const chosen = mapped(suites, choose);
    if (isShown(chosen) && chosen.value) return chosen;
    if (minimumTls.state === "unknown") return minimumTls;
    return minimumTls.value === "TLS 1.3" ? mapped(minimumTls, () => true) : chosen;
  };
  return {
    forwardSecrecy: strong((one) => one.forwardSecrecy),
    // Of the suites below TLS 1.3, none for an RSA certificate comes before one with CBC.
    aeadOnly: { ...strong((one) => one.aeadOnly), remedy: modern.remedy },
    ecdheAes: strong((one) => one.ecdheAes),
  };
}
