// App Engine: what the handlers of a version do with plain HTTP, and whose certificate a domain has.

import { describe, expect, test } from "vitest";
import {
  applicationPolicies,
  issuedByGoogle,
  securityLevels,
} from "../../../src/providers/google/app-engine-values.ts";
import { fuzz } from "../../support/fuzz.ts";
import { configured, plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";
import { creating, ref, type Values } from "./made-google.ts";

const version = "google_app_engine_standard_app_version.made";
const flexible = "google_app_engine_flexible_app_version.made";
const mapping = "google_app_engine_domain_mapping.made";
const application = "google_app_engine_application.made";

const endpoint = (address: string, values: Values, more: { readonly [address: string]: Values } = {}) =>
  at(endpointsOf(creating({ "terraform_data.late": {}, ...more, [address]: values })), address);

const sends = "? the application sends the Strict-Transport-Security header or not, outside the plan";
const late = "? known after apply, from terraform_data.late.output";

describe("handlers", () => {
  const handled = (handler: Values) => {
    const [route] = endpoint(version, { handlers: [{ url_regex: "/.*", ...handler }] }).routes;
    return [route?.path, said(route?.plainHttp), said(route?.hsts?.maxAge)];
  };

  test.each([
    ["SECURE_ALWAYS", "redirected", sends],
    ["SECURE_OPTIONAL", "served", sends],
    ["SECURE_DEFAULT", "served", sends],
    ["SECURE_NEVER", "served", undefined],
    [null, "served", sends],
    [ref("terraform_data.late.output"), late, sends],
    ["secure_always", '? "secure_always" is not a value that tlsgate recognises', sends],
    ["constructor", '? "constructor" is not a value that tlsgate recognises', sends],
  ])("%j: %s", (security_level, plainHttp, hsts) =>
    expect(handled({ security_level })).toEqual(["/.*", plainHttp, hsts]),
  );

  test("there are no other levels", () => expect(Object.keys(securityLevels)).toHaveLength(4));

  test.each<[string, Values, unknown]>([
    ["with the header", { http_headers: { "strict-transport-security": "max-age=60" } }, 60],
    ["with others", { http_headers: { "X-Frame-Options": "DENY" } }, 0],
    ["with none", {}, 0],
    ["with what is known after apply", { http_headers: ref("terraform_data.late.output") }, late],
  ])("static files %s", (_, files, expected) => {
    expect(handled({ static_files: [files] })).toEqual(["/.*", "served", expected]);
  });

  test("none are written: the default serves both", () => {
    for (const address of [version, flexible]) {
      const made = endpoint(address, { handlers: [] });
      expect(made.routes.map(({ path, plainHttp, hsts }) => [path, said(plainHttp), said(hsts?.maxAge)])).toEqual([
        ["*", "served", sends],
      ]);
      expect(made.routes[0]?.plainHttp?.remedy).toEqual({
        address,
        attribute: "handlers[0].security_level",
        value: "SECURE_ALWAYS",
      });
    }
  });

  test("each is a route, by its pattern or its place", () => {
    const handlers = [{ url_regex: "/a", security_level: "SECURE_ALWAYS" }, { security_level: "SECURE_NEVER" }];
    const made = endpoint(flexible, { handlers });
    expect(made).toMatchObject({ kind: "App Engine version", names: [], certificates: [], upstreams: [] });
    expect(made.routes.map(({ path, plainHttp }) => [path, said(plainHttp)])).toEqual([
      ["/a", "redirected"],
      ["handlers[1]", "served"],
    ]);
    expect(said(made.certificate)).toBe("provider");
  });

  test("of real plans", () => {
    const route = (plan: string) => at(endpointsOf(plan), "google_app_engine_standard_app_version.v1").routes[0];
    expect(said(route("google-good")?.plainHttp)).toBe("redirected");
    expect(route("google-bad-weak")?.plainHttp).toMatchObject({
      value: "served",
      place: { at: "handlers[0].security_level" },
    });
  });
});

describe("TLS", () => {
  const age = "? App Engine takes TLS 1.2 and newer of new applications, and how old this is, a plan does not say";
  const by = (more: { readonly [address: string]: Values }, values: Values = {}) => {
    const { minimumTls, forwardSecrecy, aeadOnly } = endpoint(version, values, more);
    return [said(minimumTls), said(forwardSecrecy), said(aeadOnly)];
  };
  const modern = ["TLS 1.2", true, false];
  const open = [age, age, age];

  test("is for the application to say, where the plan has one", () => {
    expect(by({})).toEqual(open);
    expect(by({ [application]: { ssl_policy: "DEFAULT" } })).toEqual(open);
    expect(by({ [application]: { ssl_policy: "modern" } })).toEqual(open);
    expect(by({ [application]: { ssl_policy: ref("terraform_data.late.output") } })).toEqual(open);
    expect(by({ [application]: { ssl_policy: "MODERN" } })).toEqual(modern);
    const two = { [application]: { ssl_policy: "MODERN" }, "google_app_engine_application.other": {} };
    expect(by(two)).toEqual(open);
    expect(Object.keys(applicationPolicies)).toEqual(["MODERN"]);
    expect(endpoint(flexible, {}, { [application]: { ssl_policy: "MODERN" } }).minimumTls).toMatchObject({
      related: [application],
      place: { address: flexible, at: "" },
    });
  });

  test("is modern for an application that the plan creates, not for one that exists", () => {
    expect(by({ [application]: {} })).toEqual(modern);
    const changes = { [application]: { after: { id: "p" } }, [version]: { after: {} } };
    const root = { resources: [configured(application), configured(version)] };
    expect(said(at(endpointsOf(plan({ changes, root })), version).minimumTls)).toBe(age);
  });

  test("of an application in another project says nothing", () => {
    const inOne = { [application]: { ssl_policy: "MODERN", project: "one" } };
    expect(by(inOne, { project: "one" })).toEqual(modern);
    expect(by(inOne, { project: "two" })).toEqual(open);
    expect(by(inOne, { project: ref("terraform_data.late.output") })).toEqual(modern);
  });

  test("under a domain of its owner's may be old, whatever the application says", () => {
    const { minimumTls, aeadOnly } = endpoint(mapping, {}, { [application]: { ssl_policy: "MODERN" } });
    expect(said(minimumTls)).toMatch(/^\? under a domain of its owner's App Engine may take connections of older/);
    expect([minimumTls?.place.address, aeadOnly?.state]).toEqual([mapping, "unknown"]);
  });
});

describe("a domain mapping", () => {
  const certificate = (ssl_settings: unknown) =>
    said(endpoint(mapping, { domain_name: "a.test", ssl_settings }).certificate);

  test.each<[string, Values, unknown]>([
    ["AUTOMATIC", { ssl_management_type: "AUTOMATIC" }, "own"],
    ["MANUAL with a certificate", { ssl_management_type: "MANUAL", certificate_id: "12345" }, "own"],
    ["MANUAL without", { ssl_management_type: "MANUAL" }, "missing"],
    [
      "MANUAL, which is not known yet",
      { ssl_management_type: "MANUAL", certificate_id: ref("terraform_data.late.output") },
      late,
    ],
    ["known after apply", { ssl_management_type: ref("terraform_data.late.output") }, late],
    ["another", { ssl_management_type: "NONE" }, '? "NONE" is not a value that tlsgate recognises'],
    ["nothing said", {}, "? ssl_management_type is not set"],
  ])("%s", (_, settings, expected) => expect(certificate([settings])).toBe(expected));

  test("which are issued by Google", () => expect(issuedByGoogle).toEqual({ AUTOMATIC: true, MANUAL: false }));

  test("without settings, two pages contradict each other", () => {
    const made = at(endpointsOf("google-bad-weak"), "google_app_engine_domain_mapping.site");
    expect(said(made.certificate)).toBe(
      "? ssl_settings is not set, and Google's and the provider's documentation contradict each other",
    );
    expect(made.certificate?.remedy).toMatchObject({
      attribute: "ssl_settings[0].ssl_management_type",
      value: "AUTOMATIC",
    });
  });

  test("leaves plain HTTP to the handlers", () => {
    const made = at(endpointsOf("google-good"), "google_app_engine_domain_mapping.site");
    expect([made.kind, made.names.map(said), made.routes]).toEqual([
      "App Engine domain mapping",
      ["app.shop.example.com"],
      [],
    ]);
  });
});

describe("random versions and mappings", () => {
  const good = "max-age=31536000; includeSubDomains; preload";
  const isGood = (value: unknown) => Object.values((value ?? {}) as object).some((one) => one === good);
  fuzz({
    resources: {
      [version]: {
        handlers: [
          {
            url_regex: "text",
            security_level: "text",
            static_files: [{ http_headers: { "Strict-Transport-Security": "text" } }],
          },
        ],
      },
      [mapping]: { domain_name: "text", ssl_settings: [{ ssl_management_type: "text", certificate_id: "text" }] },
      [application]: { ssl_policy: "text" },
    },
    words: ["SECURE_ALWAYS", "SECURE_NEVER", "AUTOMATIC", "MANUAL", "MODERN", "", good, "max-age=1", "toString"],
    passing: {
      "ats-connection": (_, path) => path === "",
      "https-only": (value) => value === "SECURE_ALWAYS",
      "certificate-present": (value, path) =>
        path === "" || value === "AUTOMATIC" || (path.endsWith("certificate_id") && value !== "" && value !== null),
      "minimum-tls-1-2": (_, path) => path === "",
      "forward-secrecy": (_, path) => path === "",
      "hsts-enabled": isGood,
      "hsts-include-subdomains": isGood,
      "hsts-preload": isGood,
    },
  });
});
