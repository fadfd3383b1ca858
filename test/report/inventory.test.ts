// The inventory of endpoints, for people and against the schema that the package publishes.

import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { collect } from "../../src/facts/collect.ts";
import type { Endpoint } from "../../src/facts/endpoint.ts";
import { viewPlan } from "../../src/plan/view.ts";
import { adapters } from "../../src/providers/registry.ts";
import { inventoryJson, inventoryText, type PlanEndpoints } from "../../src/report/inventory.ts";
import { colored, plain } from "../../src/report/style.ts";
import { nameText } from "../../src/text.ts";
import { certificate, endpoint, known, route, sensitive, unknown, upstream, use } from "../support/endpoint.ts";
import { controlsIn, planNamed, planNames } from "../support/report.ts";
import { openPlaces, readSchema } from "../support/schema.ts";

const planOf = (name: string): PlanEndpoints => {
  const plan = planNamed(name);
  const { endpoints } = collect(viewPlan(plan, "after"), adapters);
  const { path, formatVersion, terraformVersion, complete } = plan;
  return { path, formatVersion, terraformVersion, complete, endpoints };
};

const head = { path: "plan.json", formatVersion: "1.2", terraformVersion: "1.11.4", complete: true };
const planWith = (...endpoints: Endpoint[]): PlanEndpoints => ({ ...head, endpoints });
const unreadable = { ...head, formatVersion: null, terraformVersion: null, complete: false, endpoints: null };

const documentOf = (...plans: PlanEndpoints[]) => JSON.parse(inventoryJson(plans, "1.2.3"));
const text = (...plans: PlanEndpoints[]) => inventoryText(plans, { style: plain, width: 100 });

describe("as JSON", () => {
  const schema = readSchema("endpoints");
  const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(
    schema,
  );
  const errorsOf = (document: unknown) => (validate(document) ? [] : validate.errors);

  test("the schema leaves no place open and none without a word to its reader", () => {
    expect(openPlaces(schema)).toEqual([]);
  });

  test.each(planNames)("the schema holds for %s", (name) => expect(errorsOf(documentOf(planOf(name)))).toEqual([]));

  test("the schema holds for an input that could not be read", () => {
    expect(errorsOf(documentOf(unreadable, planWith()))).toEqual([]);
  });

  test.each<[string, (first: ReturnType<typeof documentOf>) => void]>([
    ["another field", (first) => Object.assign(first, { colour: "red" })],
    ["a missing field", (first) => delete first.certificates],
    ["a version that does not exist", (first) => Object.assign(first.minimumTls, { value: "TLS 9" })],
    ["a value of what is unknown", (first) => Object.assign(first.minimumTls, { state: "unknown", cause: "why" })],
    ["a value of what is sensitive", (first) => Object.assign(first.minimumTls, { state: "sensitive" })],
    ["no value of what is known", (first) => Object.assign(first.minimumTls, { value: null })],
  ])("the schema refuses %s", (_, change) => {
    const document = documentOf(planWith(endpoint()));
    expect(errorsOf(document)).toEqual([]);
    change(document.plans[0].endpoints[0]);
    expect(errorsOf(document)).not.toEqual([]);
  });

  test("tells the state of each fact, and no sensitive value", () => {
    const secret = "secret.example.com";
    const [plan] = documentOf(
      planWith(endpoint({ names: [sensitive(secret), known("www.example.com")], minimumTls: unknown })),
    ).plans;
    expect(plan.endpoints[0].names).toMatchObject([
      { state: "sensitive", value: null, cause: null },
      { state: "known", value: "www.example.com" },
    ]);
    expect(plan.endpoints[0].minimumTls).toMatchObject({
      state: "unknown",
      value: null,
      cause: "known after apply, from test_source.other",
    });
    expect(JSON.stringify(plan)).not.toContain(secret);
  });
});

describe("for people", () => {
  test("shows what an endpoint will be", () => {
    expect(
      text(
        planWith(
          endpoint({
            address: "test_endpoint.site",
            kind: "sample endpoint",
            names: [known("www.example.com"), known("example.com")],
            routes: [
              route(),
              route({
                path: nameText("/api/*"),
                plainHttp: known("served"),
                hsts: { maxAge: known(0), includeSubDomains: known(false), preload: known(false) },
              }),
            ],
            upstreams: [
              upstream(),
              upstream({ name: nameText("site"), protocol: known("viewer"), minimumTls: undefined }),
            ],
          }),
        ),
      ),
    ).toBe(`plan.json 1 endpoint

test_endpoint.site sample endpoint
  names        www.example.com, example.com
  certificate  its owner's
               test_certificate.sample: www.example.com; RSA 2048; us-east-1; issued before use
  TLS          TLS 1.2 or newer; forward secrecy; AEAD only; SNI
  HTTP         HTTP/1.1, HTTP/2
  routes       *: redirects to HTTPS; HSTS max-age=31536000; includeSubDomains; preload
               /api/*: SERVES PLAIN HTTP; no HSTS
  origins      api: HTTPS; TLS 1.2 or newer
               site: the viewer's protocol
`);
  });

  test("says nothing of TLS where plain HTTP alone is spoken", () => {
    const nothing = { certificate: undefined, minimumTls: undefined, forwardSecrecy: undefined, aeadOnly: undefined };
    const plainHttp = {
      sni: undefined,
      httpVersions: undefined,
      certificates: [],
      names: [],
      upstreams: [],
      ...nothing,
    };
    const made = planWith(endpoint({ ...plainHttp, routes: [route({ hsts: undefined })] }));
    expect(text(made).split("\n").slice(2)).toEqual([
      "test_endpoint.sample sample",
      "  names        none of its own",
      "  routes       *: redirects to HTTPS",
      "",
    ]);
  });

  test("tells what is unknown with its cause, once for all that share it", () => {
    const output = text(planWith(endpoint({ minimumTls: unknown, forwardSecrecy: unknown, aeadOnly: unknown })));
    expect(output).toContain(
      "  TLS          SNI; version, forward secrecy, cipher suites unknown (known after apply, from\n               test_source.other)",
    );
  });

  test("shows no sensitive value", () => {
    const output = text(
      planWith(
        endpoint({
          names: [sensitive("secret.example.com")],
          routes: [
            route({ hsts: { maxAge: sensitive(86_400), includeSubDomains: sensitive(true), preload: known(false) } }),
          ],
          certificates: [use({ certificate: certificate({ key: sensitive({ algorithm: "RSA", size: 1024 }) }) })],
        }),
      ),
    );
    expect(output).toContain("names (sensitive)");
    expect(output).toContain("HSTS (sensitive)");
    expect(output).toContain("key (sensitive)");
    for (const secret of ["secret.example.com", "86400", "1024", "includeSubDomains"])
      expect(output).not.toContain(secret);
  });

  test("says that a partial plan may hold more, and nothing of one that could not be read", () => {
    expect(text({ ...planWith(), complete: false })).toContain("PARTIAL PLAN");
    expect(text(unreadable)).toBe("");
  });

  test("shows no control character of a plan", () => {
    const bad = "\u001b[2J\u202e\u0085";
    const output = text({
      ...planWith(
        endpoint({
          address: bad,
          kind: bad,
          names: [known(bad)],
          routes: [route({ path: nameText(bad) })],
          upstreams: [upstream({ name: nameText(bad) })],
        }),
      ),
      path: bad,
    });
    expect(controlsIn(output)).toEqual([]);
  });

  test("reads the same in colour", () => {
    const painted = inventoryText([planOf("insecure-website")], { style: colored, width: 100 });
    expect(painted).toContain("\u001b[1m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for
    expect(painted.replace(/\u001b\[\d+m/g, "")).toBe(text(planOf("insecure-website")));
  });
});
