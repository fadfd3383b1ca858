// aws_amplify_app, aws_amplify_domain_association → endpoint: an app by Amplify's name, and by its owner's.
// https://docs.aws.amazon.com/amplify/latest/userguide/custom-domains.html

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Hsts } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Decided,
  type Fact,
  fact,
  isShown,
  known,
  lookUp,
  mapped,
  standAt,
  together,
  unknown,
  valueText,
} from "../../facts/fact.ts";
import { type HstsDirectives, parseHsts } from "../../facts/hsts.ts";
import { directives, everything, linked, nameOf, secured, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { customHeaders } from "./amplify-headers.ts";
import { allPaths, certificateTypes } from "./amplify-values.ts";
import { certified } from "./service-endpoint.ts";

const domain = "aws_amplify_domain_association";

export default defineAdapter({
  id: "aws/amplify",
  resourceTypes: ["aws_amplify_app", domain],
  cannotShow: [
    "Headers that a customHttp.yml in an Amplify app's repository sets; it overrides custom_headers.",
    "Which TLS versions Amplify takes, and what plain HTTP gets from it.",
  ],
  endpoints: (resource) => [resource.type === domain ? domainOf(resource) : appOf(resource)],
});

const appOf = (app: Resource): Endpoint => ({
  ...hosting(app, hstsOf(app)),
  kind: "Amplify app",
  names: [],
  certificate: { ...known("provider"), ...standAt(app, "") },
  certificates: [],
});

function domainOf(association: Resource): Endpoint {
  const app = linked(association, "app_id", { aws_amplify_app: ["id"] }, text`the app`);
  return {
    ...hosting(association, "state" in app ? directives(app) : hstsOf(app)),
    kind: "Amplify domain",
    names: namesOf(association),
    ...certificateOf(association),
  };
}

function hosting(resource: Resource, hsts: Hsts) {
  const tls = undocumented(resource, text`AWS does not say which TLS versions and cipher suites Amplify takes`);
  const plainHttp = undocumented(resource, text`AWS does not say what plain HTTP gets from Amplify`);
  return {
    address: resource.address,
    ...secured(tls),
    routes: [{ path: everything, plainHttp, hsts }],
    upstreams: [],
  };
}

/** A prefix before the domain, or none for the domain itself. */
function namesOf(association: Resource): Fact<string>[] {
  const main = nameOf(association, "domain_name");
  return association.blocks("sub_domain", { set: true }).map((one): Fact<string> => {
    const prefix = one.value("prefix");
    const stand = standAt(one, "prefix");
    const parts = together<[unknown, string]>(prefix.state === "absent" ? known(undefined) : prefix, main);
    if (parts.state === "unknown") return { ...parts, ...stand };
    const [label, name] = parts.value;
    return { ...parts, value: label === undefined ? name : `${label}.${name}`, ...stand };
  });
}

/** Amplify requests one where none is named; one of the owner's has to be in us-east-1 (CertificateSettings). */
function certificateOf(association: Resource): Pick<Endpoint, "certificate" | "certificates"> {
  const settings = association.block("certificate_settings", { computed: true });
  const type = fact(settings, "type", { read: (value) => lookUp(certificateTypes, value), absent: "managed" });
  if (type.state === "unknown") return { certificate: type, certificates: [] };
  if (type.value === "own") return certified(settings, "custom_certificate_arn", "us-east-1");
  return { certificate: { ...mapped(type, () => "own" as const), note: text`Amplify requests it` }, certificates: [] };
}

const none: HstsDirectives = { maxAge: 0, includeSubDomains: false, preload: false };

const hstsOf = (app: Resource): Hsts => directives({ ...headerOf(app), ...standAt(app, "custom_headers") });

function headerOf(app: Resource): Decided<HstsDirectives> {
  const written = app.value("custom_headers");
  if (written.state === "absent") {
    return unknown(because`custom_headers is not set, and a plan does not show a customHttp.yml in the repository`);
  }
  if (!isShown(written)) return unknown(causeOf(written));
  const headers = customHeaders(String(written.value));
  if (!headers) return unknown(because`custom_headers is not written in a form that tlsgate reads`);
  const all = headers.filter(({ key }) => key.toLowerCase() === "strict-transport-security");
  const everywhere = all.find(({ pattern }) => lookUp(allPaths, pattern));
  if (everywhere && all.some(({ value }) => value !== everywhere.value)) {
    return unknown(
      because`custom_headers sends the header with more than one value, and AWS does not say which one counts`,
    );
  }
  if (everywhere) return { ...written, value: parseHsts(everywhere.value) };
  if (all.length === 0) return { ...written, value: none };
  const patterns = { ...written, value: all.map(({ pattern }) => pattern).join(", ") };
  return unknown(
    because`custom_headers sends the header on ${valueText(patterns, text`some patterns`)} alone, which may not be all paths`,
  );
}
