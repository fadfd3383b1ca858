// digitalocean_app → endpoint: its domains, with certificates that App Platform requests.
// https://docs.digitalocean.com/products/app-platform/how-to/manage-domains/

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, known, mapped, standAt } from "../../facts/fact.ts";
import { always, nameOf, namesIn, onlyRoute, undocumented } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";

export default defineAdapter({
  id: "digitalocean/app",
  resourceTypes: ["digitalocean_app"],
  cannotShow: ["the Strict-Transport-Security header, which the app sends", "cipher suites: no setting is about them"],
  endpoints: (app) => (answersHttp(app) ? [endpointOf(app)] : []),
});

/** Workers, jobs and databases have no address on the internet. */
const answersHttp = (app: Resource): boolean =>
  ["service", "static_site", "function"].some((component) => app.block("spec").block(component).presence !== "absent");

function endpointOf(app: Resource): Endpoint {
  const names = namesOf(app.block("spec"));
  const suites = undocumented(app, text`DigitalOcean does not say which cipher suites App Platform takes`);
  return {
    address: app.address,
    kind: "DigitalOcean app",
    names,
    certificate: {
      ...known(names.length > 0 ? "own" : "provider"),
      ...standAt(app, ""),
      note: text`App Platform requests it`,
    },
    certificates: [],
    // https://docs.digitalocean.com/products/app-platform/reference/app-spec/: minimum_tls_version is "1.2" or "1.3"
    minimumTls: always(app, "TLS 1.2", text`App Platform takes no TLS below 1.2`),
    forwardSecrecy: suites,
    aeadOnly: suites,
    ecdheAes: always(app, true, text`App Platform takes TLS 1.3`),
    routes: [
      onlyRoute(app, always(app, "redirected", text`App Platform redirects plain HTTP to HTTPS`), text`the app`),
    ],
    upstreams: [],
  };
}

/** Domains of its owner's: beside them each app has DigitalOcean's own *.ondigitalocean.app. */
function namesOf(spec: Block): Fact<string>[] {
  const domains = spec.blocks("domain", { computed: true }).flatMap((domain) => {
    const type = domain.value("type");
    if (isShown(type) && type.value === "DEFAULT") return [];
    const name = nameOf(domain, "name");
    const wildcard = fact(domain, "wildcard", {
      read: (value) => (typeof value === "boolean" ? value : undefined),
      absent: false,
    });
    if (!isShown(wildcard)) return [name, wildcard];
    return wildcard.value ? [name, mapped(name, (one) => `*.${one}`)] : [name];
  });
  // The older way to write them.
  return [...domains, ...namesIn(spec, "domains")];
}
