// What the names of security policies and keys suggest, held against the tables: what they say, or less.

import { describe, expect, test } from "vitest";
import type { CertificateKey, TlsVersion } from "../../src/facts/endpoint.ts";
import type { Security } from "../../src/facts/service.ts";
import { suggestKey, suggestSecurity, suggestTls } from "../../src/facts/suggest.ts";
import { keyAlgorithms } from "../../src/providers/aws/acm-values.ts";
import * as apiGateway from "../../src/providers/aws/api-gateway-values.ts";
import * as classicBalancer from "../../src/providers/aws/classic-load-balancer-values.ts";
import * as cloudfront from "../../src/providers/aws/cloudfront-values.ts";
import * as iot from "../../src/providers/aws/iot-values.ts";
import * as openSearch from "../../src/providers/aws/opensearch-values.ts";
import * as sslPolicy from "../../src/providers/google/ssl-policy-values.ts";
import * as istio from "../../src/providers/kubernetes/istio-values.ts";
import { suggestOldest } from "../../src/providers/kubernetes/nginx-config.ts";
import * as nginx from "../../src/providers/kubernetes/nginx-values.ts";
import * as balancer from "../../src/providers/oci/load-balancer-values.ts";
import { plan } from "../support/made.ts";
import { certificatesOf, endpointsOf } from "../support/said.ts";
import { manifest, typed } from "./kubernetes/made-objects.ts";

type Table<T> = { readonly [name: string]: T };

describe("TLS versions", () => {
  test.each<[string, Table<TlsVersion>, readonly string[]]>([
    ["CloudFront's origins", cloudfront.originTlsVersions, ["SSLv3"]],
    [
      "classic load balancers",
      classicBalancer.predefinedPolicies,
      ["2016-08", "2015-05", "2015-03", "2015-02"].map((date) => `ELBSecurityPolicy-${date}`),
    ],
    ["Google", sslPolicy.minimumVersions, []],
    ["Istio", istio.minimumVersions, ["TLS_AUTO"]],
    ["nginx", nginx.protocols, ["SSLv2", "SSLv3"]],
    ["Oracle", balancer.tlsProtocols, []],
  ])("%s", (_, table, silent) => {
    const told = Object.keys(table).filter((name) => !silent.includes(name));
    expect(told.map(suggestTls)).toEqual(told.map((name) => table[name]));
    expect(silent.map(suggestTls)).toEqual(silent.map(() => undefined));
  });

  test("nginx, in a list that is not written as one: the oldest", () => {
    for (const text of ["TLSv1.3,TLSv1.2", "TLSv1.2;TLSv1.4 TLSv1.3", "TLSv1.2 all"]) {
      expect(suggestOldest(text)).toBe("TLS 1.2");
    }
    expect(suggestOldest("all")).toBeUndefined();
  });
});

describe("security policies: the version, and forward secrecy where the name promises it", () => {
  test.each<
    [
      string,
      Table<Pick<Security, "minimumTls"> & { readonly forwardSecrecy?: boolean }>,
      readonly string[],
      readonly string[],
    ]
  >([
    ["CloudFront", cloudfront.securityPolicies, ["SSLv3"], []],
    ["API Gateway", apiGateway.securityPolicies, [], []],
    ["OpenSearch", openSearch.securityPolicies, [], []],
    // These two are older than what they do.
    [
      "IoT Core",
      iot.securityPolicies,
      [],
      ["IoTSecurityPolicy_TLS12_1_0_2016_01", "IoTSecurityPolicy_TLS12_1_0_2015_01"],
    ],
  ])("%s", (_, table, silent, odd) => {
    const entries = Object.entries(table);
    expect(entries.filter(([name]) => suggestSecurity(name) === undefined).map(([name]) => name)).toEqual(silent);
    const wrong = entries.filter(([name, { minimumTls, forwardSecrecy }]) => {
      const suggestion = suggestSecurity(name);
      const truths = [minimumTls, ...(forwardSecrecy ? [`${minimumTls} with forward secrecy`] : [])];
      return suggestion !== undefined && !truths.includes(suggestion);
    });
    expect(wrong.map(([name]) => name)).toEqual(odd);
  });

  test.each([
    ["SecurityPolicy_TLS13_1_2_PFS_PQ_2031_01", "TLS 1.2 with forward secrecy"],
    ["Policy-Min-TLS-1-2-PFS-2031-01", "TLS 1.2 with forward secrecy"],
    ["TLSv1.3_2031", "TLS 1.3 with forward secrecy"],
    ["SecurityPolicy_TLS13_1_2_PFSX_2031_01", "TLS 1.2"],
    ["PFS_2031", undefined],
  ])("%s: %s", (name, suggestion) => expect(suggestSecurity(name)).toBe(suggestion));
});

test("Oracle's cipher suites: those with RSA key transport, and those of TLS 1.3 alone", () => {
  const told = Object.entries(balancer.cipherSuites).flatMap(([name, { forwardSecrecy }]) => {
    const suggestion = balancer.suggestSuites(name);
    return suggestion ? [[suggestion, `suites ${forwardSecrecy ? "with" : "without"} forward secrecy`]] : [];
  });
  expect(told.filter(([suggestion, truth]) => suggestion !== truth)).toEqual([]);
  expect(told.length).toBe(8);
  expect(balancer.suggestSuites("my-tls-13-suites")).toBeUndefined();
});

describe("keys", () => {
  const words = ({ algorithm, size }: CertificateKey) => `${algorithm} with ${size} bits`;

  test("ACM's", () => {
    expect(Object.keys(keyAlgorithms).map(suggestKey)).toEqual(Object.values(keyAlgorithms).map(words));
  });

  test.each([
    ["RSA_8192", "RSA with 8192 bits"],
    ["EC_secp256k1", undefined],
    ["ML_DSA_65", undefined],
    ["RSA", undefined],
    ["RSA_20", undefined],
  ])("%s: %s", (name, suggestion) => expect(suggestKey(name)).toBe(suggestion));
});

describe("an adapter says it of a name that its table does not hold", () => {
  const arn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
  const setting = (namespace: string, name: string, value: string) => ({ namespace, name, value });
  const https = setting("aws:elbv2:listener:443", "Protocol", "HTTPS");
  const application = setting("aws:elasticbeanstalk:environment", "LoadBalancerType", "application");
  const elb = "ELBSecurityPolicy-TLS13-1-2-Res-2031-01";
  const alb = "alb.ingress.kubernetes.io";
  const aws = "service.beta.kubernetes.io/aws-load-balancer";

  test.each<[string, string, object, string]>([
    ["ACM", "aws_acm_certificate", { domain_name: "a.test", key_algorithm: "RSA_8192" }, "RSA with 8192 bits"],
    [
      "CloudFront",
      "aws_cloudfront_distribution",
      { viewer_certificate: [{ acm_certificate_arn: arn, minimum_protocol_version: "TLSv1.3_2031" }] },
      "TLS 1.3 with forward secrecy",
    ],
    [
      "CloudFront's origins",
      "aws_cloudfront_distribution",
      {
        origin: [{ custom_origin_config: [{ origin_protocol_policy: "https-only", origin_ssl_protocols: ["TLS12"] }] }],
      },
      "TLS 1.2",
    ],
    [
      "API Gateway's names",
      "aws_api_gateway_domain_name",
      { domain_name: "a.test", security_policy: "SecurityPolicy_TLS13_1_2_PFS_2031_01" },
      "TLS 1.2 with forward secrecy",
    ],
    [
      "API Gateway's APIs",
      "aws_api_gateway_rest_api",
      { security_policy: "SecurityPolicy_TLS13_1_3_2031_01" },
      "TLS 1.3 with forward secrecy",
    ],
    [
      "OpenSearch",
      "aws_opensearch_domain",
      { domain_endpoint_options: [{ tls_security_policy: "Policy-Min-TLS-1-2-PFS-2031-01" }] },
      "TLS 1.2 with forward secrecy",
    ],
    [
      "IoT Core",
      "aws_iot_domain_configuration",
      { tls_config: [{ security_policy: "IoTSecurityPolicy_TLS13_1_3_2031_01" }] },
      "TLS 1.3 with forward secrecy",
    ],
    ["load balancers", "aws_lb_listener", { protocol: "HTTPS", ssl_policy: elb }, "TLS 1.2 with forward secrecy"],
    [
      "Elastic Beanstalk",
      "aws_elastic_beanstalk_environment",
      { setting: [application, https, setting("aws:elbv2:listener:443", "SSLPolicy", elb)] },
      "TLS 1.2 with forward secrecy",
    ],
    ["Google", "google_compute_ssl_policy", { min_tls_version: "TLS_V1_2" }, "TLS 1.2"],
    [
      "the AWS Load Balancer Controller's Ingress",
      "kubernetes_ingress_v1",
      typed({ [`${alb}/certificate-arn`]: arn, [`${alb}/ssl-policy`]: elb }, { ingress_class_name: "alb" }).after ?? {},
      "TLS 1.2 with forward secrecy",
    ],
    [
      "Services on AWS",
      "kubernetes_service_v1",
      typed(
        { [`${aws}-ssl-cert`]: arn, [`${aws}-ssl-negotiation-policy`]: elb },
        { type: "LoadBalancer", port: [{ port: 443 }] },
      ).after ?? {},
      "TLS 1.2 with forward secrecy",
    ],
    [
      "Istio",
      "kubernetes_manifest",
      manifest("networking.istio.io/v1", "Gateway", {
        servers: [
          {
            port: { number: 443, protocol: "HTTPS" },
            tls: { mode: "SIMPLE", minProtocolVersion: "TLSV1.2" },
            hosts: [],
          },
        ],
      }).after ?? {},
      "TLS 1.2",
    ],
    [
      "ingress-nginx",
      "kubernetes_config_map_v1",
      { metadata: [{ name: "ingress-nginx-controller" }], data: { "ssl-protocols": "TLSv1.3,TLSv1.2" } },
      "TLS 1.2",
    ],
    [
      "Oracle",
      "oci_load_balancer_listener",
      { protocol: "HTTP", ssl_configuration: [{ protocols: ["TLS12"] }] },
      "TLS 1.2",
    ],
    [
      "Oracle's suites",
      "oci_load_balancer_listener",
      { protocol: "HTTP", ssl_configuration: [{ cipher_suite_name: "oci-tls-13-ssl-cipher-suite-v9" }] },
      "suites with forward secrecy",
    ],
  ])("%s", (_, type, after, suggestion) => {
    const made = plan({ changes: { [`${type}.made`]: { after: after as never } } });
    const told = JSON.stringify([...endpointsOf(made).values(), ...certificatesOf(made).values()]);
    expect(told).toContain(`"suggests":"${suggestion}"`);
  });
});
