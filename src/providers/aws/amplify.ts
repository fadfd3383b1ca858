// aws_amplify_app, aws_amplify_domain_association → endpoint: an app by Amplify's name, and by its owner's.
// https://docs.aws.amazon.com/amplify/latest/userguide/custom-domains.html

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
  unknown,
} from "../../facts/fact.ts";
import { type HstsDirectives, parseHsts } from "../../facts/hsts.ts";
import { directives, linked, nameOf, secured, untold } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
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
  const app = linked(association, "app_id", { aws_amplify_app: ["id"] }, "the app");
  return {
    ...hosting(association, "state" in app ? directives(app) : hstsOf(app)),
    kind: "Amplify domain",
    names: namesOf(association),
    ...certificateOf(association),
  };
}

function hosting(resource: Resource, hsts: Hsts) {
  const tls = untold(resource, "AWS does not say which TLS versions and cipher suites Amplify takes");
  const plainHttp = untold(resource, "AWS does not say what plain HTTP gets from Amplify");
  return {
    address: resource.address,
    ...secured(tls),
    routes: [{ path: "*", plainHttp, hsts }],
    upstreams: [],
  };
}

/** A prefix before the domain, or none for the domain itself. */
function namesOf(association: Resource): Fact<string>[] {
  const main = nameOf(association, "domain_name");
  return association.blocks("sub_domain", { set: true }).map((one): Fact<string> => {
    const prefix = one.value("prefix");
    const stand = standAt(one, "prefix");
    if (prefix.state === "unknown") return { ...unknown(prefix.cause), ...stand };
    const shown = prefix.state === "absent" ? "" : `${prefix.value}.`;
    return { ...mapped(main, (name) => `${shown}${name}`), ...stand };
  });
}

/** Amplify requests one where none is named; one of the owner's has to be in us-east-1 (CertificateSettings). */
function certificateOf(association: Resource): Pick<Endpoint, "certificate" | "certificates"> {
  const settings = association.block("certificate_settings", { computed: true });
  const type = fact(settings, "type", { read: (value) => lookUp(certificateTypes, value), absent: "managed" });
  if (type.state === "unknown") return { certificate: type, certificates: [] };
  if (type.value === "own") return certified(settings, "custom_certificate_arn", "us-east-1");
  return { certificate: { ...mapped(type, () => "own" as const), note: "Amplify requests it" }, certificates: [] };
}

const none: HstsDirectives = { maxAge: 0, includeSubDomains: false, preload: false };

const hstsOf = (app: Resource): Hsts => directives({ ...headerOf(app), ...standAt(app, "custom_headers") });

function headerOf(app: Resource): Decided<HstsDirectives> {
  const text = app.value("custom_headers");
  if (text.state === "absent") {
    return unknown("custom_headers is not set, and a plan does not show a customHttp.yml in the repository");
  }
  if (!isShown(text)) return unknown(causeOf(text));
  const headers = customHeaders(String(text.value));
  if (!headers) return unknown("custom_headers is not written in a form that tlsgate reads");
  const all = headers.filter(({ key }) => key.toLowerCase() === "strict-transport-security");
  const everywhere = all.find(({ pattern }) => lookUp(allPaths, pattern));
  if (everywhere && all.some(({ value }) => value !== everywhere.value)) {
    return unknown("custom_headers sends the header with more than one value, and AWS does not say which one counts");
  }
  if (everywhere) return { ...text, value: parseHsts(everywhere.value) };
  if (all.length === 0) return { ...text, value: none };
  const patterns = text.state === "known" ? all.map(({ pattern }) => pattern).join(", ") : "some patterns";
  return unknown(`custom_headers sends the header on ${patterns} alone, which may not be all paths`);
}
