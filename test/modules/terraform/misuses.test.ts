// What the constructs refuse, the Terraform modules refuse too: each misuse has a run of `terraform test`, or a reason why
// HCL cannot express it.

import { readFileSync } from "node:fs";
import { Node, Project, SyntaxKind } from "ts-morph";
import { describe, expect, test } from "vitest";

/** A run that expects the failure, in tests/misuses.tftest.hcl of a module. */
interface Run {
  readonly module: string;
  readonly run: string;
}

/** Why no module has a run for it. */
interface Reason {
  readonly reason: string;
}

const run = (module: string, name: string): Run => ({ module, run: name });
const no = (reason: string): Reason => ({ reason });

const certificate = (name: string) => run("certificate", name);
const imported = (name: string) => run("imported-certificate", name);
const distribution = (name: string) => run("distribution", name);
const listener = (name: string) => run("https-listener", name);

const noSuchInput = no("The module has no such input: Terraform refuses arguments that a module does not declare.");
const wrongType = no("The type of the variable: Terraform refuses another one by itself.");
const noObjects = no(
  "HCL has no classes: what only a function of the library gives out is a plain value of an input here.",
);
const notRead = no("Terraform cannot read certificates; tlsgate check compares their names and keys in the plan.");
const notInModule = no("The module does not offer it.");

/** By `construct: reason` of misuses.ts. */
const types: { readonly [misuse: string]: Run | Reason } = {
  "Certificate: a certificate needs a name": certificate("no_domain"),
  "Certificate: a name has a dot": certificate("a_name_without_a_dot"),
  "Certificate: names are a list": wrongType,
  "Certificate: nothing is issued without validation": certificate("a_name_without_a_zone"),
  "Certificate: a validation says where its records go": certificate("a_name_without_a_zone"),
  "Certificate: a short key": certificate("a_weak_key"),
  "Certificate: transparency is not up for choice": noSuchInput,
  "Certificate: a timeout has a unit": certificate("a_time_without_a_unit"),
  "Certificate: there are two uses": certificate("an_unknown_use"),
  "Certificate: a provider is checked by UsEast1.from": no(
    "A module takes providers by their names and cannot see their region; tlsgate check judges it in the plan.",
  ),
  "Validation: validations come from Validation.dns and Validation.external": noObjects,
  "Certificate.fromArn: CloudFront takes no certificate of another region": distribution("another_region"),
  "Certificate.fromArn: a server certificate of IAM is renewed by nobody": distribution("old_tls"),
  "Certificate.import: somebody renews an import": imported("renewal_by_nobody"),
  "Certificate.import: a waiver of another rule": imported("a_waiver_of_another_rule"),
  "Certificate.import: a key is no text of the app": no(
    "The key is a sensitive variable; where its text comes from, a module cannot see.",
  ),
  "Certificate.import: a key is no file of the app": no(
    "The key is a sensitive variable; where its text comes from, a module cannot see.",
  ),
  "PrivateKey.file: keys come from a variable, a secret or a parameter": noObjects,

  "Distribution: domains need a certificate": distribution("no_certificate_and_no_origin"),
  "Distribution: a distribution has an origin": distribution("no_certificate_and_no_origin"),
  "Distribution: a certificate of a load balancer": distribution("another_region"),
  "Distribution: CloudFront's viewers do not know the authority": no(
    "An ARN does not show who issued the certificate; tlsgate check judges it in the plan.",
  ),
  "Distribution: an ARN alone does not say its region": no("The module reads the region in the ARN."),
  "Distribution: CloudFront's own certificate takes a waiver": distribution("no_domain_without_a_waiver"),
  "Distribution: TLS 1.0": distribution("old_tls"),
  "Distribution: old ciphers": distribution("old_ciphers"),
  "Distribution: plain HTTP": distribution("plain_http"),
  "Distribution: plain HTTP at one path": distribution("plain_http_at_one_path"),
  "Distribution: an opening that Unsafe did not make": noObjects,
  "Distribution: an opening of another kind": noObjects,
  "Distribution: an address of its own for clients without SNI": noSuchInput,
  "Distribution: headers cannot be switched off": no("headers is not nullable: null is the default."),
  "Distribution: headers of unknown content": distribution("headers_of_unknown_content"),
  "Distribution: a path pattern begins with a slash or an asterisk, or ends in both": distribution(
    "a_path_pattern_without_a_slash",
  ),
  "Distribution: a Lambda function without its version": distribution("no_certificate_and_no_origin"),
  "Distribution: a policy that AWS does not have": distribution("a_cache_policy_that_aws_does_not_have"),
  "Distribution: there is no function to keep away: a path has none of the distribution's": noSuchInput,
  "Distribution: HTTP/1.1 alone": distribution("old_tls"),
  "Distribution: a web ACL of a region": distribution("another_region"),
  "Distribution: logs of the older kind, which need ACLs on a bucket": distribution("a_name_twice"),

  "Distribution: a host does not say how it is reached": no("An origin of another type than https states its type."),
  "Origin.https: plain HTTP to the origin": distribution("plain_http"),
  "Origin.https: TLS 1.0 to the origin": noSuchInput,
  "Origin: origins come from Origin's functions": noObjects,
  "Origin.s3: the website of a bucket is plain HTTP, and no bucket": distribution("the_website_of_a_bucket"),
  "Origin.lambdaUrl: a function's URL alone lets nobody in": distribution("a_function_url_alone"),
  "Origin.failover: a pair is two": distribution("a_pair_of_one_origin"),

  "SecurityHeaders.strict: HSTS cannot be switched off": wrongType,
  "SecurityHeaders.strict: the preload list takes whole domains": distribution("old_ciphers"),
  "SecurityHeaders.strict: days, not seconds": no(
    "Terraform leaves out attributes that an object type does not have: the default of two years holds.",
  ),
  "SecurityHeaders.strict: a host alone, without a waiver": distribution("hsts_for_a_host_alone_without_a_waiver"),
  "SecurityHeaders.strict: HSTS among the custom headers": distribution("hsts_as_a_custom_header"),
  "SecurityHeaders.api: HSTS among the custom headers": distribution("hsts_as_a_custom_header"),
  "SecurityHeaders.api: credentials for every site": distribution("credentials_for_every_site"),
  "SecurityHeaders.api: every site beside named ones": distribution("every_site_beside_named_ones"),
  "SecurityHeaders.api: a site over plain HTTP": distribution("cors_for_plain_http"),
  "SecurityHeaders.strict: frames of everybody": distribution("a_name_in_upper_case"),
  "SecurityHeaders.strict: addresses told to everybody": distribution("a_name_twice"),

  "StaticWebsite: a page is a path": run("static-website", "no_name_and_a_page_that_is_no_path"),
  "StaticWebsite: a path beside the website has its own origin": run("static-website", "a_name_without_a_zone"),
  "Redirect: a redirect to plain HTTP": run("redirect", "plain_http"),
  "Redirect: a status that is no redirect of pages": run("redirect", "a_status_that_is_no_redirect_of_pages"),
  "Api: a redirected POST has sent its body already": noSuchInput,
  "Api: plain HTTP at a path of an API": noSuchInput,
  "Api: CORS for plain HTTP": run("api", "no_name_and_cors_for_plain_http"),
  "HttpsListener: HTTPS needs a certificate": no("certificate_arn has no default: Terraform asks for it by itself."),
  "HttpsListener: a certificate of CloudFront's region": listener("a_certificate_of_another_region"),
  "HttpsListener: TLS 1.0": listener("tls_1_0"),
  "HttpsListener: HSTS for whole domains, without their subdomains": listener("preload_without_subdomains"),
  "HttpsListener: a redirect to plain HTTP": listener("a_redirect_to_plain_http"),
  "HttpsListener: a rule has something to look for": notInModule,
  "HttpsListener: a rule that redirects to plain HTTP": notInModule,
  "HttpsListener: a client's certificate is checked, or not asked for": notInModule,
  "HttpsListener: a listener of plain HTTP": noSuchInput,

  "Unsafe.allowAll: no way out without a waiver": distribution("plain_http"),
  "Unsafe.plainHttpOrigin: a waiver of another rule": distribution("plain_http"),
  "Unsafe.emailValidation: a waiver of another rule": certificate("a_waiver_of_a_rule_that_the_module_keeps"),
  "Unsafe.hstsWithoutSubdomains: a waiver of another rule": distribution("hsts_for_a_host_alone_without_a_waiver"),
  "Unsafe.managedHeaders: AWS's policies leave subdomains out": distribution("a_managed_policy_without_a_waiver"),
  "Unsafe.managedHeaders: a policy of AWS without HSTS": distribution("a_name_without_a_zone"),
  "Unsafe.viewerTls: a policy that was never safe": distribution("a_security_policy_that_was_never_safe"),
  "Unsafe.allowAll: a waiver that nobody checked": noObjects,
  "Unsafe.noCtLog: a waiver of another rule": noSuchInput,
  "Unsafe.listenerTls: a name that is no security policy": listener("a_name_that_is_no_security_policy"),
  "Unsafe.override: no override without a waiver": no("Nothing overrides what a module sets."),
  "HttpsListener: an opening of CloudFront's": listener("a_name_that_is_no_security_policy"),
  "Waiver: waivers come from Waiver.for": noObjects,
  "Waiver.for: a rule that cannot be waived": distribution("a_waiver_of_a_rule_that_the_module_keeps"),
  "Waiver.for: somebody answers for it": no("owner has no default in the type of a waiver: Terraform asks for it."),
  "Waiver.for: an end that never comes": certificate("a_waiver_that_has_expired"),
};

const host = distribution("a_url_as_an_origin");
const address = distribution("an_ip_address_as_an_origin");
const website = distribution("the_website_of_a_bucket");

/** By the name of the row in misuse.test.ts. */
const synthesis: { readonly [misuse: string]: Run | Reason } = {
  "a name without a zone": certificate("a_name_without_a_zone"),
  "a zone that only ends alike": certificate("a_name_without_a_zone"),
  "eleven names": certificate("eleven_domains"),
  "a P-384 key": certificate("a_key_that_cloudfront_does_not_take"),
  "a domain twice": certificate("a_name_twice"),
  "upper case": certificate("a_name_in_upper_case"),
  "an international name": certificate("a_name_in_upper_case"),
  "a wildcard in the middle": certificate("a_name_in_upper_case"),
  "a domain of a distribution twice": distribution("a_name_twice"),
  "a domain of a distribution without a zone": distribution("a_name_without_a_zone"),
  "HSTS under a year": distribution("old_tls"),
  "HSTS of no number": wrongType,
  "preload without subdomains": distribution("old_ciphers"),
  "HSTS of the host alone": distribution("hsts_for_a_host_alone_without_a_waiver"),
  "HSTS among the custom headers": distribution("hsts_as_a_custom_header"),
  "HSTS among the headers to remove": distribution("hsts_removed"),
  "a header with a setting of its own": distribution("hsts_as_a_custom_header"),
  "HSTS under a year at a path": distribution("hsts_under_a_year_at_a_path"),
  "a load balancer's certificate": distribution("another_region"),
  "allow-all": distribution("plain_http"),
  "allow-all at a path": distribution("plain_http_at_one_path"),
  "writing methods on a pair of origins": distribution("writing_methods_on_a_pair_of_origins"),
  "writing methods of a distribution at a path with a pair of origins": distribution(
    "writing_methods_on_a_pair_of_origins",
  ),
  "a name that its certificate does not cover": notRead,
  "an ARN of another region that the types were talked out of": distribution("another_region"),
  "TLS 1.0": distribution("old_tls"),
  "a URL": host,
  "no text": host,
  "one label": host,
  "a host with a path": host,
  "an IPv4 address": address,
  "an IPv6 address": address,
  "an IPv6 address in brackets": address,
  "a website endpoint of S3": website,
  "a website endpoint of S3 as a bucket": website,
  "a URL of a private one": host,
  "a pair with one": address,
  "an answer awaited too long": distribution("an_answer_awaited_too_long"),
  "no patience": distribution("an_answer_awaited_too_long"),
  "half a second": distribution("an_answer_awaited_too_long"),
  "a port that CloudFront does not take": distribution("a_port_that_cloudfront_does_not_take"),
  "a path that ends in a slash": distribution("a_path_of_an_origin_that_ends_in_a_slash"),
  "a path with a query": distribution("a_path_of_an_origin_that_ends_in_a_slash"),
  "a status that is no error": distribution("a_pair_that_fails_with_200"),
};

/** What misuses.ts says, as `construct: reason`. */
const typeMisuses = (): string[] =>
  [
    ...readFileSync("test/modules/misuses.ts", "utf8").matchAll(/^\/\/ @ts-expect-error (.+)\n(?:new )?([\w.]+)\(/gm),
  ].map(([, reason, callee]) => `${callee}: ${reason}`);

/** Titles of the tables in misuse.test.ts whose rows are refused by any construct, and not for being tokens of cdktf. */
const refusals = ['"%s is refused"', '"that is refused: %s"'];

/** The rows of misuse.test.ts, but for those of tokens, which HCL does not have. */
function synthesisMisuses(): string[] {
  const file = new Project({ skipAddingFilesFromTsConfig: true }).addSourceFileAtPath("test/modules/misuse.test.ts");
  return file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const each = call.getExpression();
    const isOfTokens = call
      .getAncestors()
      .some((one) => Node.isCallExpression(one) && /^describe\("(a token|waivers)/.test(one.getText()));
    if (!Node.isCallExpression(each) || isOfTokens || !refusals.includes(call.getArguments()[0]?.getText() ?? "")) {
      return [];
    }
    const [rows] = each.getArguments();
    if (!Node.isArrayLiteralExpression(rows)) return [];
    return rows.getElements().flatMap((row) => {
      const [name] = Node.isArrayLiteralExpression(row) ? row.getElements() : [];
      return Node.isStringLiteral(name) ? [name.getLiteralText()] : [];
    });
  });
}

describe.each([
  ["that the compiler refuses", types, typeMisuses()],
  ["that synthesis refuses", synthesis, synthesisMisuses()],
] as const)("a misuse %s", (_, table, misuses) => {
  test("has a run or a reason, and nothing else has", () => {
    expect(misuses.length).toBeGreaterThan(30);
    expect(Object.keys(table).sort()).toEqual([...new Set(misuses)].sort());
  });

  test("has a run that is there, and expects a failure", () => {
    for (const [misuse, one] of Object.entries(table)) {
      if ("reason" in one) continue;
      const text = readFileSync(`modules/terraform/${one.module}/tests/misuses.tftest.hcl`, "utf8");
      const [block] = new RegExp(`^run "${one.run}" \\{\\n[\\s\\S]*?^\\}$`, "m").exec(text) ?? [];
      expect(block, `${misuse}: ${one.module} has no run ${one.run}`).toContain("expect_failures = [");
    }
  });
});
