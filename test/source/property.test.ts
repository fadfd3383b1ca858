// Attribute paths, followed through what TypeScript writes in a construct's call.

import { expect, test } from "vitest";
import { parseAddress } from "../../src/plan/address.ts";
import { parseSource, propertyAt } from "../../src/source/property.ts";

/** What stands at the property of an attribute, for the call that `▸` marks. */
function found(code: string, path: string, planned?: unknown, file = "main.ts"): string | undefined {
  const before = code.split("▸")[0] ?? "";
  const call = { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
  const bare = code.replace("▸", "");
  const source = parseSource(bare, file);
  const place = source && propertyAt(source, call, parseAddress(path), planned);
  return place && bare.split("\n")[place.line - 1]?.slice(place.column - 1);
}

const tls = "viewer_certificate[0].minimum_protocol_version";

test.each<[string, string, string, string]>([
  [
    "written in the call",
    `▸new X(this, "x", {\n a: 1,\n viewerCertificate: {\n minimumProtocolVersion: 1,\n } });`,
    tls,
    "minimumProtocolVersion: 1,",
  ],
  ["a block that lacks it", `▸new X(this, "x", {\n viewerCertificate: {},\n });`, tls, "viewerCertificate: {},"],
  [
    "a list with one block",
    `▸new X(this, "x", { viewerCertificate: [{\n minimumProtocolVersion: 1 }] });`,
    tls,
    "minimumProtocolVersion: 1 }] });",
  ],
  ["a computed block", `▸new X(this, "x", {\n viewerCertificate: tls(),\n });`, tls, "viewerCertificate: tls(),"],
  [
    "quoted and in snake case",
    `▸new X(this, "x", { "viewer_certificate": {\n minimum_protocol_version: 1 } });`,
    tls,
    "minimum_protocol_version: 1 } });",
  ],
  [
    "digits and initials",
    `▸new X(this, "x", {\n isIpv6Enabled: true });`,
    "is_ipv6_enabled",
    "isIpv6Enabled: true });",
  ],
  [
    "the second behavior",
    `▸new X(this, "x", { orderedCacheBehavior: [{ a: 1 },\n {\n b: 2 }] });`,
    "ordered_cache_behavior[1].b",
    "b: 2 }] });",
  ],
  ["an element of a list", `▸new X(this, "x", { aliases: ["a",\n "b"] });`, "aliases[1]", '"b"] });'],
  ["a value of a map", `▸new X(this, "x", { tags: {\n "a.b": 1 } });`, 'tags["a.b"]', '"a.b": 1 } });'],
  [
    "a variable",
    `const props = {\n viewerCertificate: { a: 1 } };\n▸new X(this, "x", props);`,
    tls,
    "viewerCertificate: { a: 1 } };",
  ],
  [
    "a variable of a variable",
    `const a = {\n minimumProtocolVersion: 1 };\nconst props = { viewerCertificate: a };\n▸new X(this, "x", props);`,
    tls,
    "minimumProtocolVersion: 1 };",
  ],
  [
    "an exported variable",
    `export const props = {\n viewerCertificate: {} };\n▸new X(this, "x", props);`,
    tls,
    "viewerCertificate: {} };",
  ],
  [
    "a property of a variable",
    `const all = { web: {\n viewerCertificate: {} } };\n▸new X(this, "x", all.web);`,
    tls,
    "viewerCertificate: {} } };",
  ],
  [
    "a shorthand",
    `const viewerCertificate = {\n minimumProtocolVersion: 1 };\n▸new X(this, "x", { viewerCertificate });`,
    tls,
    "minimumProtocolVersion: 1 };",
  ],
  [
    "a shorthand of a parameter",
    `(viewerCertificate) => ▸new X(this, "x", {\n viewerCertificate });`,
    tls,
    "viewerCertificate });",
  ],
  [
    "a spread",
    `const base = {\n viewerCertificate: {} };\n▸new X(this, "x", { ...base, a: 1 });`,
    tls,
    "viewerCertificate: {} };",
  ],
  ["the last of two", `const base = { http: 1 };\n▸new X(this, "x", { ...base,\n http: 2 });`, "http", "http: 2 });"],
  ["a spread behind", `const base = {\n http: 1 };\n▸new X(this, "x", { http: 2, ...base });`, "http", "http: 1 };"],
  ["a conditional spread", `▸new X(this, "x", { ...(strict ? {\n http: 1 } : {}) });`, "http", "http: 1 } : {}) });"],
  ["a spread that may be", `▸new X(this, "x", { ...(strict && {\n http: 1 }) });`, "http", "http: 1 }) });"],
  [
    "types around it",
    `const a = {\n http: 1 } as const satisfies P;\n▸new X<P>(this, "x", a! as P);`,
    "http",
    "http: 1 } as const satisfies P;",
  ],
  [
    "a variable in the scope of the one that uses it",
    'const a = {\n http: 1 };\nconst b = { ...a };\nfunction f() { const a = { http: 2 }; ▸new X(this, "x", b); }',
    "http",
    "http: 1 };",
  ],
  ["the last of two arguments", '▸new X({ http: 1 }, "x", {\n http: 2 });', "http", "http: 2 });"],
  [
    "the nearest variable",
    `const a = { http: 1 };\nfunction f() { const a = {\n http: 2 };\n ▸new X(this, "x", a); }`,
    "http",
    "http: 2 };",
  ],
  [
    "a call of the class above",
    `class Y extends X { constructor(s, id) { ▸super(s, id, {\n http: 1 }); } }`,
    "http",
    "http: 1 }); } }",
  ],
  ["a method", `Site.▸create(this, {\n http: 1 });`, "http", "http: 1 });"],
  ["the inner call", `▸new X(this, "x", {\n http: 1 }).add({ http: 2 });`, "http", "http: 1 }).add({ http: 2 });"],
  [
    "the call among its like",
    `new X(this, "x", { http: 1 }); ▸new X(this, "y", {\n http: 2 });`,
    "http",
    "http: 2 });",
  ],
  [
    "a call in the properties of another",
    `new Y({ http: 1, x: ▸new X(this, "x", {\n http: 2 }) });`,
    "http",
    "http: 2 }) });",
  ],
  [
    "decorators and enums",
    `@d()\nclass A { @e b = 1 }\nenum E { A }\n▸new X(this, "x", {\n http: 1 });`,
    "http",
    "http: 1 });",
  ],
])("is found: %s", (_, code, path, expected) => {
  expect(found(code, path)).toBe(expected);
});

test.each<[string, string]>([
  ["nothing of it is written", '▸new X(this, "x", { a: 1 });'],
  ["there are no properties", '▸new X(this, "x");'],
  ["they come from outside", 'import { props } from "./props";\n▸new X(this, "x", props);'],
  [
    "they are a parameter, whatever stands above",
    "const props = { http: 1 };\nfunction f(props) { ▸new X(this, props); }",
  ],
  ["they are taken apart", "const { props } = { props: { http: 1 } };\n▸new X(this, props);"],
  ["they come in a loop", "const props = { http: 1 };\nfor (const props of all) { ▸new X(this, props); }"],
  ["they are spread into themselves", "const props = { ...props, ...props };\n▸new X(this, props);"],
  ["they are themselves", "const a = b;\nconst b = a;\n▸new X(this, a);"],
  ["the key is computed", "▸new X(this, { [http]: 1 });"],
  ["there is no call", "▸const a = { http: 1 };"],
  ["the file is broken", "▸new X(this, { http: "],
  ["the place is beyond the file", `new X(this, { http: 1 });${"\n".repeat(9)}▸`],
])("is not found where %s", (_, code) => {
  expect(found(code, "http")).toBeUndefined();
});

test("blocks of a set are told apart by what the plan says of them", () => {
  const code = `▸new X(this, "x", { origin: [
    { originId: "a", domainName: "first" },
    { originId: id, domainName: "computed" },
    { originId: "b", domainName: "last" },
  ] });`;
  const planned = { origin: [{ origin_id: "b" }, { origin_id: "a" }, { origin_id: "z", domain_name: "computed" }] };
  const shown = [0, 1, 2].map((index) => found(code, `origin[${index}].domain_name`, planned));
  expect(shown).toEqual(['domainName: "last" },', 'domainName: "first" },', 'domainName: "computed" },']);
});

test("the constructs of tlsgate have names of their own", () => {
  const code = `▸new StaticWebsite(this, "website", {
    domains: ["example.com"],
    minimumTls: "x",
    viewerProtocol: "first",
    behaviors: {
      "/a/*": { origin },
      "/b/*": {
        viewerProtocol: "second" },
    },
  });`;
  const shown = (path: string) => found(code, path);
  expect(shown(tls)).toBe('minimumTls: "x",');
  expect(shown("aliases[0]")).toBe('domains: ["example.com"],');
  expect(shown("default_cache_behavior[0].viewer_protocol_policy")).toBe('viewerProtocol: "first",');
  expect(shown("ordered_cache_behavior[0].viewer_protocol_policy")).toBe('"/a/*": { origin },');
  expect(shown("ordered_cache_behavior[1].viewer_protocol_policy")).toBe('viewerProtocol: "second" },');
  expect(found('▸new Redirect(this, "x", {\n from: [] });', "aliases[0]")).toBe("from: [] });");
  expect(shown("security_headers_config[0].strict_transport_security[0].preload")).toBeUndefined();
  expect(shown("custom_error_response[0].ttl")).toBeUndefined();
});

test("TypeScript with markup is read too", () => {
  const code = 'const page = <p>{"}"}</p>;\n▸new X(this, {\n http: 1 });';
  expect(found(code, "http", undefined, "page.tsx")).toBe("http: 1 });");
});
