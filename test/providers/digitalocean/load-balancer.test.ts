// DigitalOcean's regional load balancers: what each forwarding rule speaks; on real plans and on made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import {
  entryHttpVersions,
  entryProtocols,
  targetProtocols,
} from "../../../src/providers/digitalocean/load-balancer-values.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { type Change, configured, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "digitalocean_loadbalancer.made";
const good = endpointsOf("digitalocean-good");
const bad = endpointsOf("digitalocean-bad");

const https = {
  entry_protocol: "https",
  entry_port: 443,
  target_protocol: "http",
  target_port: 80,
  certificate_name: "le",
};
const http = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 80 };

const balancers = (after: JsonObject, after_unknown: Partial<Change>["after_unknown"] = {}) =>
  endpointsOf(
    plan({
      changes: { [address]: { after, after_unknown } },
      root: { resources: [configured(address, { forwarding_rule: [{}, {}] })] },
    }),
  );
const balancer = (...args: Parameters<typeof balancers>) => at(balancers(...args), address);

const unrecognised = expect.stringMatching(
  /^\? .* is not a value that tlsgate recognises(; its name suggests HTTPS)?$/,
);

describe("plain HTTP", () => {
  const treatments = (endpoint: ReturnType<typeof balancer>) =>
    Object.fromEntries(endpoint.routes.map(({ path, plainHttp }) => [path, said(plainHttp)]));

  test("of real plans", () => {
    const of = (real: typeof good, name: string) => treatments(at(real, `digitalocean_loadbalancer.${name}`));
    expect(of(good, "public")).toEqual({ "port 80": "redirected", "port 443": "refused" });
    expect(of(good, "passthrough")).toEqual({ "port 443": "refused" });
    expect(of(bad, "http_only")).toEqual({ "port 80": "served" });
    expect(of(bad, "no_redirect")).toEqual({ "port 80": "served", "port 443": "refused" });
  });

  test.each([
    [true, 80, "redirected"],
    [true, 8080, "served"],
    [true, null, "? only port 80 is redirected, and the plan does not show this one"],
    [false, 80, "served"],
    [null, 80, "served"],
    ["true", 80, '? "true" is not a value that tlsgate recognises'],
  ])("redirect_http_to_https %j, port %j: %s", (redirect_http_to_https, entry_port, expected) => {
    const made = balancer({ redirect_http_to_https, forwarding_rule: [https, { ...http, entry_port }] } as never);
    expect(said(made.routes[0]?.plainHttp)).toBe(expected);
  });

  test("what to set, where there is HTTPS to redirect to", () => {
    const [route] = at(bad, "digitalocean_loadbalancer.no_redirect").routes;
    expect(route?.plainHttp?.remedy).toMatchObject({ attribute: "redirect_http_to_https", value: true });
    const [alone] = at(bad, "digitalocean_loadbalancer.http_only").routes;
    expect(alone?.plainHttp).toMatchObject({ place: { at: "forwarding_rule[0].entry_protocol" }, remedy: undefined });
  });

  test("a flag that is known after apply", () => {
    const late = plan({
      changes: {
        [address]: {
          after: { forwarding_rule: [https, http] },
          after_unknown: { redirect_http_to_https: true },
        },
      },
      root: { resources: [configured(address, { redirect_http_to_https: refersTo("terraform_data.late.output") })] },
    });
    expect(said(at(endpointsOf(late), address).routes[0]?.plainHttp)).toMatch(/^\? known after apply/);
  });
});

describe("TLS", () => {
  const unlisted = "? DigitalOcean publishes no list of the policy's cipher suites";

  test("that the load balancer ends", () => {
    const { minimumTls, forwardSecrecy, aeadOnly, routes, names } = at(good, "digitalocean_loadbalancer.public");
    expect([minimumTls, forwardSecrecy, aeadOnly].map(said)).toEqual(["TLS 1.2", unlisted, unlisted]);
    expect(said(routes[1]?.hsts?.maxAge)).toMatch(/^\? the backend sends/);
    expect(names).toEqual([]);
  });

  test("that it passes through", () => {
    const { minimumTls, forwardSecrecy, certificate, upstreams } = at(good, "digitalocean_loadbalancer.passthrough");
    const backends = "? TLS is passed through to backends, which a plan does not show";
    expect([minimumTls, forwardSecrecy].map(said)).toEqual([backends, backends]);
    expect(certificate).toBeUndefined();
    expect(said(only(upstreams).protocol)).toBe("https");
  });

  test("of neither is said anything where no rule speaks it", () => {
    const { minimumTls, forwardSecrecy, certificate, httpVersions, upstreams } = at(
      bad,
      "digitalocean_loadbalancer.http_only",
    );
    expect([minimumTls, forwardSecrecy, certificate, httpVersions, upstreams]).toEqual([...Array(4), []]);
  });

  test("a rule that may pass it through", () => {
    const made = balancer({ forwarding_rule: [https] }, { forwarding_rule: [{ tls_passthrough: true }] });
    expect(said(made.minimumTls)).toBe("TLS 1.2");
    const open = plan({
      changes: {
        [address]: {
          after: { forwarding_rule: [https] },
          after_unknown: { forwarding_rule: [{ tls_passthrough: true }] } as never,
        },
      },
    });
    expect(said(at(endpointsOf(open), address).minimumTls)).toMatch(/^\? known after apply/);
  });

  test("one rule without a certificate is enough to fail", () => {
    const made = balancer({ forwarding_rule: [https, { ...https, entry_port: 8443, certificate_name: null }] });
    expect(said(made.certificate)).toBe("missing");
  });
});

describe("protocols", () => {
  test.each(Object.entries(entryProtocols))("%s is %s", (entry_protocol, kind) => {
    const made = balancers({ forwarding_rule: [{ ...https, entry_protocol }] }).get(address);
    const expected = { http: ["port 443", undefined], https: ["port 443", "TLS 1.2"], other: undefined }[kind];
    expect(made && [only(made.routes).path, said(made.minimumTls)]).toEqual(expected);
  });

  test("what carries no HTTP makes no endpoint", () => {
    expect(entryProtocols).toMatchObject({ http: "http", https: "https", http2: "https", http3: "https" });
    expect(entryProtocols).toMatchObject({ tcp: "other", udp: "other" });
    expect(Object.keys(entryProtocols)).toHaveLength(6);
  });

  test.each(["HTTPS", "sctp", "__proto__"])("%s is not recognised", (entry_protocol) => {
    const made = balancer({ forwarding_rule: [{ ...https, entry_protocol }] });
    expect([made.minimumTls, made.certificate, only(made.routes).plainHttp].map(said)).toEqual(
      Array(3).fill(unrecognised),
    );
    expect(said(only(made.upstreams).protocol)).toEqual(unrecognised);
  });

  test("HTTP versions are told by name alone", () => {
    expect(entryHttpVersions).toEqual({ http2: "HTTP/2", http3: "HTTP/3" });
    const versions = (...protocols: string[]) =>
      said(
        balancer({ forwarding_rule: protocols.map((entry_protocol) => ({ ...https, entry_protocol })) }).httpVersions,
      );
    expect(versions("https")).toBeUndefined();
    expect(versions("https", "http2")).toEqual(["HTTP/1.1", "HTTP/2"]);
    expect(versions("http3", "http2")).toEqual(["HTTP/1.1", "HTTP/3", "HTTP/2"]);
  });

  test.each([...Object.entries(targetProtocols), ["tcp", unrecognised], [null, "? the target protocol is not set"]])(
    "to the backends in %s: %s",
    (target_protocol, expected) => {
      const { name, protocol, minimumTls } = only(
        balancer({ forwarding_rule: [{ ...https, target_protocol }] }).upstreams,
      );
      expect([name, said(protocol)]).toEqual(["the backends, port 80", expected]);
      expect(minimumTls && said(minimumTls)).toEqual(
        expected === "http" ? undefined : expected === "https" ? "TLS 1.2" : expected,
      );
      expect(protocol.remedy).toEqual({ address, attribute: "forwarding_rule[0].target_protocol", value: "https" });
    },
  );

  test("HTTP/2 to the backends is HTTPS", () =>
    expect(targetProtocols).toEqual({ http: "http", https: "https", http2: "https" }));
});

test("a port that the plan does not show is told by the rule", () => {
  const made = balancer({ forwarding_rule: [{ ...https, entry_port: null, target_port: null }] });
  expect(only(made.routes).path).toBe("forwarding_rule[0]");
  expect(only(made.upstreams).name).toBe("the backends, forwarding_rule[0]");
});

describe("values at random", () =>
  fuzz({
    resources: {
      [address]: {
        type: "text",
        redirect_http_to_https: "flag",
        tls_cipher_policy: "text",
        forwarding_rule: [
          {
            entry_protocol: "text",
            entry_port: "number",
            target_protocol: "text",
            certificate_name: "text",
            tls_passthrough: "flag",
          },
        ],
      },
    },
    words: ["http", "https", "http2", "http3", "tcp", "HTTPS", "STRONG", "REGIONAL", "", "constructor"],
    passing: {
      "ats-connection": (_, path) => path === "",
      "https-only": among(true, "https", "http2", "http3"),
      "minimum-tls-1-2": () => true,
      "certificate-present": Boolean,
      "private-hop-https": among(true, "https", "http2"),
      "modern-http": among("http2", "http3"),
    },
  }));
