// Whether the hop behind an endpoint is HTTPS, also where it follows the viewer's protocol.

import { describe, expect, test } from "vitest";
import type { Route } from "../../src/facts/endpoint.ts";
import { followsViewer, isHttps } from "../../src/facts/hop.ts";
import { text } from "../../src/text.ts";
import { endpoint, known, route, unknown, upstream } from "../support/endpoint.ts";
import { said } from "../support/said.ts";

const [app, api] = [text`/app`, text`/api`];
const viewer = upstream({ protocol: known("viewer"), routes: [api] });
const routes = (...treatments: (Route["plainHttp"] | undefined)[]) =>
  endpoint({ routes: treatments.map((plainHttp, index) => route({ path: index === 0 ? api : app, plainHttp })) });

test.each([
  ["HTTPS", known("https" as const), true],
  ["plain HTTP", known("http" as const), false],
])("of a fixed protocol: %s", (_, protocol, expected) => {
  const one = upstream({ protocol });
  expect(followsViewer(one)).toBe(false);
  // Whatever viewers use.
  expect(said(isHttps(one, routes(known("served"))))).toBe(expected);
});

describe("of the viewer's protocol", () => {
  test("it follows the viewer", () => expect(followsViewer(viewer)).toBe(true));

  test.each<[string, Parameters<typeof routes>, boolean]>([
    ["HTTPS where plain HTTP is redirected", [known("redirected")], true],
    ["HTTPS where plain HTTP is refused", [known("refused")], true],
    ["plain HTTP where that is served", [known("served")], false],
    ["HTTPS where plain HTTP is served on a route to another origin", [known("redirected"), known("served")], true],
  ])("%s", (_, treatments, expected) => expect(said(isHttps(viewer, routes(...treatments)))).toBe(expected));

  test("an origin without routes of its own gets the requests of all", () => {
    const all = upstream({ protocol: known("viewer"), routes: [] });
    expect(said(isHttps(all, routes(known("redirected"), known("served"))))).toBe(false);
    expect(said(isHttps(all, routes(known("redirected"), known("refused"))))).toBe(true);
  });

  test.each([
    ["what becomes of plain HTTP is unknown", unknown],
    ["nothing is said of plain HTTP", undefined],
  ])("unknown where %s", (_, plainHttp) => expect(isHttps(viewer, routes(plainHttp)).state).toBe("unknown"));
});

test("an unknown protocol is unknown, and follows no viewer", () => {
  const open = upstream({ protocol: unknown });
  expect(followsViewer(open)).toBe(false);
  expect(isHttps(open, routes(known("served"))).state).toBe("unknown");
});
