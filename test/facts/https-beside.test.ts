// Whether HTTPS is answered beside plain HTTP.

import { describe, expect, test } from "vitest";
import { httpsAnswered, httpsBeside, noHttps } from "../../src/facts/https-beside.ts";
import { known, route, sensitive, unknown } from "../support/endpoint.ts";

const stand = { place: { address: "test_listener.http", at: "protocol" } };
const [http, https, tls] = [known("http"), known("https"), known("tls")];
const www = [known("www.example.com")];

test.each([
  ["no other listener", [], [], false],
  ["other plain HTTP", [{ protocol: http }], [], false],
  ["HTTPS", [{ protocol: http }, { protocol: https }], [], true],
  ["TLS", [{ protocol: tls }], [], true],
  ["HTTPS for any name", [{ protocol: https }], www, true],
  ["HTTPS for its name", [{ protocol: https, names: www }], www, true],
  ["HTTPS for a wildcard", [{ protocol: https, names: [known("*.example.com")] }], www, true],
  ["HTTPS for another name", [{ protocol: https, names: [known("api.example.com")] }], www, false],
  ["HTTPS for one name, plain HTTP for any", [{ protocol: https, names: www }], [], true],
])("%s", (_, neighbours, names, value) => {
  expect(httpsBeside(neighbours, stand, names)).toEqual({ state: "known", value, ...stand });
});

test.each([
  ["a protocol that is known after apply", [{ protocol: http }, { protocol: unknown }], []],
  ["a name that is known after apply", [{ protocol: https, names: [unknown] }], www],
  ["a name of its own that is", [{ protocol: https, names: www }], [unknown]],
])("%s leaves it open", (_, neighbours, names) => {
  expect(httpsBeside(neighbours, stand, names)).toMatchObject({ state: "unknown", kind: "open", ...stand });
});

test("where only plain HTTP is spoken, no name of it matters", () => {
  expect(httpsBeside([{ protocol: http, names: [unknown] }], stand, [unknown])).toMatchObject({ value: false });
  expect(noHttps(stand)).toEqual({ state: "known", value: false, ...stand });
});

test("a sensitive protocol stays sensitive", () => {
  expect(httpsBeside([{ protocol: sensitive("https") }], stand)).toMatchObject({ value: true, sensitive: true });
});

describe("what is judged", () => {
  const answered = (plainHttp: NonNullable<ReturnType<typeof route>["plainHttp"]>, beside = known(false)) =>
    httpsAnswered({ httpsBeside: beside, routes: [route({ plainHttp })] });

  test("served", () => expect(answered(known("served"))).toMatchObject({ value: false }));
  test("redirected", () => expect(answered(known("redirected"))).toBeUndefined());
  test("not known, without HTTPS", () => expect(answered(unknown)).toBe(unknown));
  test("not known, with HTTPS", () => expect(answered(unknown, known(true))).toMatchObject({ value: true }));
  test("nothing is said of HTTPS", () => {
    expect(httpsAnswered({ routes: [route({ plainHttp: known("served") })] })).toBeUndefined();
  });
});
