// The viewer-request function of websites and redirects, run on requests as CloudFront hands them over.

import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import { type EdgeSteps, edgeCode, type Redirection } from "../../modules/edge-code.ts";

interface Value {
  readonly value: string;
  readonly multiValue?: readonly Value[];
}

const of = (value: string): Value => ({ value });

/** What a request becomes: its new path, or the answer. */
function sent(steps: EdgeSteps, uri: string, host = "example.com", querystring: Record<string, Value> = {}) {
  const request = { method: "GET", uri, querystring, headers: { host: of(host) }, cookies: {} };
  const context = createContext({ event: { request } });
  // Only JSON crosses: objects of another context equal none of this one.
  const result = JSON.parse(runInContext(`${edgeCode(steps)}; JSON.stringify(handler(event))`, context));
  return "statusCode" in result
    ? `${result.statusCode} ${result.headers.location.value}`
    : { path: result.uri, query: result.querystring };
}

const served = (uri: string) => ({ path: uri, query: {} });

const redirect = (more: Partial<Redirection> = {}): EdgeSteps => ({
  redirect: { to: "https://new.example.com", status: 308, keepPath: true, keepQuery: true, ...more },
});

test("another host is redirected to the canonical one, with path and query", () => {
  const steps = { canonicalHost: "example.com" };
  expect(sent(steps, "/a/b", "www.example.com", { q: of("1") })).toBe("301 https://example.com/a/b?q=1");
  expect(sent(steps, "/", "www.example.com")).toBe("301 https://example.com/");
});

test("the canonical host itself is served, its query untouched", () => {
  expect(sent({ canonicalHost: "example.com" }, "/a", "example.com", { q: of("1") })).toEqual({
    path: "/a",
    query: { q: of("1") },
  });
});

test.each([
  ["/", "/index.html"],
  ["/docs", "/docs/index.html"],
  ["/docs/", "/docs/index.html"],
  ["/v1.2/docs", "/v1.2/docs/index.html"],
  ["/logo.svg", "/logo.svg"],
  ["/docs/logo.svg", "/docs/logo.svg"],
])("as a directory, %s is %s", (uri, becomes) => {
  expect(sent({ directoryIndex: "index.html" }, uri)).toEqual(served(becomes));
});

test.each([
  ["/", "/app.html"],
  ["/users/7", "/app.html"],
  ["/users/", "/app.html"],
  ["/v1.2/users", "/app.html"],
  ["/main.js", "/main.js"],
  ["/assets/main.js", "/assets/main.js"],
])("of a single page, %s is %s", (uri, becomes) => {
  expect(sent({ singlePage: "app.html", directoryIndex: "index.html" }, uri)).toEqual(served(becomes));
});

test.each(["/.well-known/apple-app-site-association", "/.well-known/acme-challenge/token"])(
  "%s is what it is",
  (uri) => {
    expect(sent({ directoryIndex: "index.html" }, uri)).toEqual(served(uri));
    expect(sent({ singlePage: "index.html" }, uri)).toEqual(served(uri));
  },
);

test("the host comes before the directory: nobody is redirected to an index document", () => {
  const steps = { canonicalHost: "example.com", directoryIndex: "index.html" };
  expect(sent(steps, "/docs/", "www.example.com")).toBe("301 https://example.com/docs/");
  expect(sent(steps, "/docs/")).toEqual(served("/docs/index.html"));
});

test("a redirect keeps path and query, or leaves them", () => {
  const query = { q: of("1") };
  expect(sent(redirect(), "/a", "old.example.com", query)).toBe("308 https://new.example.com/a?q=1");
  expect(sent(redirect({ keepPath: false }), "/a", "old.example.com", query)).toBe("308 https://new.example.com?q=1");
  expect(sent(redirect({ keepQuery: false }), "/a", "old.example.com", query)).toBe("308 https://new.example.com/a");
  expect(sent(redirect({ keepPath: false, keepQuery: false, status: 302 }), "/a")).toBe("302 https://new.example.com");
});

test("a query of the target itself is kept, with that of the request behind it", () => {
  const steps = redirect({ to: "https://new.example.com/?from=old", keepPath: false });
  expect(sent(steps, "/", "old.example.com", { q: of("1") })).toBe("308 https://new.example.com/?from=old&q=1");
  expect(sent(steps, "/")).toBe("308 https://new.example.com/?from=old");
});

test.each([
  ["a redirect", redirect()],
  ["the way to the canonical host", { canonicalHost: "example.com" }],
])("%s sends HSTS itself", (_, steps) => {
  const code = edgeCode({ ...steps, hsts: "max-age=63072000; includeSubDomains" });
  const request = { uri: "/", querystring: {}, headers: { host: of("www.example.com") } };
  const { headers } = JSON.parse(
    runInContext(`${code}; JSON.stringify(handler(event))`, createContext({ event: { request } })),
  );
  expect(headers["strict-transport-security"]).toEqual(of("max-age=63072000; includeSubDomains"));
});

test("each value of a name is kept, in order", () => {
  const query = { tag: { value: "a", multiValue: [of("a"), of("b"), of("a")] }, q: of("1") };
  expect(sent(redirect(), "/", "old.example.com", query)).toBe("308 https://new.example.com/?tag=a&tag=b&tag=a&q=1");
});

test("a name without a value stays so", () => {
  expect(sent(redirect(), "/", "old.example.com", { debug: of("") })).toBe("308 https://new.example.com/?debug");
});

test("encoded values are passed on as they came, encoded once", () => {
  const query = { "a%26b": of("c%3Dd%20e"), plus: of("1+1") };
  const answer = sent(redirect(), "/caf%C3%A9%20au%20lait", "old.example.com", query);
  expect(answer).toBe("308 https://new.example.com/caf%C3%A9%20au%20lait?a%26b=c%3Dd%20e&plus=1+1");
});

test("a name of an index document is text, never code", () => {
  const name = `it's "quoted" \\ \${x}.html`;
  expect(sent({ directoryIndex: name }, "/docs/")).toEqual(served(`/docs/${name}`));
});

/** What a request becomes where the app has a function of its own, which may be asynchronous. */
async function ran(own: string, uri: string, host = "example.com"): Promise<unknown> {
  const request = { method: "GET", uri, querystring: {}, headers: { host: of(host) }, cookies: {} };
  const context = createContext({ event: { request } });
  const code = edgeCode({ canonicalHost: "example.com", directoryIndex: "index.html", own });
  return JSON.parse(await runInContext(`${code}; handler(event).then((result) => JSON.stringify(result))`, context));
}

test("a function of the app sees the path before it becomes a document", async () => {
  const own = "function handler(event) { event.request.uri = '/en' + event.request.uri; return event.request; }";
  expect(await ran(own, "/docs")).toMatchObject({ uri: "/en/docs/index.html" });
});

test("a function of the app answers by itself, on the canonical host alone", async () => {
  const own = "async function handler(event) { return { statusCode: 401, headers: {} }; }";
  expect(await ran(own, "/docs")).toEqual({ statusCode: 401, headers: {} });
  expect(await ran(own, "/docs", "www.example.com")).toMatchObject({ statusCode: 301 });
});

test("names of the app's function are its own, and its imports stay where the runtime allows them", async () => {
  const own = [
    "const own = 1; function isPage() { return own; }",
    "function handler(event) { event.request.uri = '/' + isPage(); return event.request; }",
  ].join("\n");
  expect(await ran(own, "/")).toMatchObject({ uri: "/1/index.html" });
  const code = edgeCode({ own: `import cf from 'cloudfront';\nconst store = cf.kvs();\n${own}` });
  expect(code.split("\n")[0]).toBe("import cf from 'cloudfront';");
  expect(code.match(/import cf/g)).toHaveLength(1);
});
