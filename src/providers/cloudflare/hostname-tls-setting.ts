// cloudflare_hostname_tls_setting, cloudflare_hostname_tls_setting_ciphers → endpoint: what one host name of a zone sets itself.
// https://developers.cloudflare.com/ssl/edge-certificates/additional-options/minimum-tls/

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { causeOf, isShown, known, standAt, unknown } from "../../facts/fact.ts";
import { nameOf, secured } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { httpVersionsBy, minimumTls, readSetting, suitesIn } from "./zone-settings.ts";

export default defineAdapter({
  id: "cloudflare/hostname-tls-setting",
  resourceTypes: ["cloudflare_hostname_tls_setting", "cloudflare_hostname_tls_setting_ciphers"],
  endpoints: (setting) => [
    {
      address: setting.address,
      kind: "Cloudflare host name",
      names: [nameOf(setting, "hostname")],
      certificates: [],
      ...tlsOf(setting),
      routes: [],
      upstreams: [],
    },
  ],
});

function tlsOf(
  resource: Resource,
): Pick<Endpoint, "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes" | "httpVersions"> {
  const setting = { block: resource, attribute: "value" };
  const id = settingOf(resource);
  if (!isShown(id)) {
    return secured({ ...unknown(causeOf(id)), ...standAt(resource, "setting_id") });
  }
  switch (id.value) {
    case "min_tls_version":
      return { minimumTls: readSetting(setting, minimumTls) };
    case "ciphers":
      return suitesIn(setting) ?? {};
    case "http2":
      return { httpVersions: httpVersionsBy(setting) };
    default:
      return {};
  }
}

/** Provider 4 says `setting`, and has a resource of its own for cipher suites. */
function settingOf(resource: Resource) {
  if (resource.type.endsWith("_ciphers")) return known("ciphers");
  const id = resource.value("setting_id");
  return id.state === "absent" ? resource.value("setting") : id;
}
