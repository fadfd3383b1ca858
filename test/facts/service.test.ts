// What services have in common. The plans are made by hand: the cases are about reading, not about a provider.

import { describe, expect, test } from "vitest";
import { because, describeCause } from "../../src/cause.ts";
import type { TlsVersion } from "../../src/facts/endpoint.ts";
import { fact } from "../../src/facts/fact.ts";
import { parseHsts } from "../../src/facts/hsts.ts";
import {
  type AnnouncedSecurity,
  directives,
  eachDirective,
  ecdheAesBy,
  linked,
  nameOf,
  namesIn,
  passedOnHttp,
  type Security,
  secured,
  throughLink,
} from "../../src/facts/service.ts";
import { known, unknown } from "../../src/plan/value.ts";
import { text } from "../../src/text.ts";
import { type Change, configured, refersTo, resource, viewAfter } from "../support/made.ts";
import { said } from "../support/said.ts";
import { unknownBecause } from "../support/unknown.ts";

function names(change: Partial<Change>) {
  const root = { resources: [configured("thing.a", { hosts: refersTo("var.hosts") })] };
  const facts = namesIn(resource(viewAfter({ root, changes: { "thing.a": change } }), "thing.a"), "hosts");
  return facts.map((one) => [one.place.at, said(one)]);
}

const late = expect.stringMatching(/^\? known after apply, from var\.hosts/);

test("names of a list stand each at its own place", () => {
  const after = { hosts: ["a.test", "b.test", null, 3] };
  const masks = {
    after_sensitive: { hosts: [false, true, false, false] },
    after_unknown: { hosts: [false, false, true, false] },
  };
  expect(names({ after, ...masks })).toEqual([
    ["hosts[0]", "a.test"],
    ["hosts[1]", { secret: "b.test" }],
    ["hosts[2]", late],
    ["hosts[3]", "? not a text"],
  ]);
});

test("of a list that is not known there is one name, which is not known either", () => {
  expect(names({ after: {}, after_unknown: { hosts: true } })).toEqual([["hosts[0]", late]]);
});

test("of a list that is empty, or not written, there are none", () => {
  expect(names({ after: { hosts: [] } })).toEqual([]);
  expect(names({ after: {} })).toEqual([]);
});

describe("what an attribute leads to", () => {
  const ids = ["a", "b"].map((id) => ({ after: { id } }));
  const from = (change: Partial<Change>, written = {}, things: readonly Partial<Change>[] = ids) => {
    const root = { resources: [configured("other.it", written), configured("thing.a"), configured("thing.b")] };
    const [a = {}, b = {}] = things;
    const view = viewAfter({ root, changes: { "other.it": change, "thing.a": a, "thing.b": b } });
    const found = linked(resource(view, "other.it"), "thing_id", { thing: ["id"] }, text`the thing`);
    if (!("state" in found)) return found.address;
    expect(found.place.at).toBe("thing_id");
    return found;
  };
  const open = (cause: string) => unknownBecause(cause);

  test("one resource of this plan", () => expect(from({ after: { thing_id: "b" } })).toBe("thing.b"));

  test("none of it", () => {
    expect(from({ after: { thing_id: "elsewhere" } })).toEqual(open("the thing is defined outside this plan"));
    expect(from({ after: {} })).toEqual(open("the thing is defined outside this plan"));
  });

  test("not known which", () => {
    const late = { after: {}, after_unknown: { thing_id: true } };
    expect(from(late, { thing_id: refersTo("var.id") })).toEqual(open("known after apply, from var.id"));
    const either = { thing_id: refersTo("thing.a.id", "thing.b.id") };
    const made = { after: {}, after_unknown: { id: true } };
    expect(from(late, either, [made, made])).toEqual(open("the plan does not tell which it is of thing.a, thing.b"));
  });
});

describe("what the resources say that an attribute leads to", () => {
  const size = (sizes: readonly number[], written: { readonly [name: string]: object }, late = true) => {
    const things = Object.fromEntries(
      sizes.map((one, index) => [`thing.x["${index}"]`, { after: { size: one }, after_unknown: { id: true } }]),
    );
    const root = { resources: [configured("other.it", written as never), configured("thing.x")] };
    const changes = { "other.it": { after: {}, after_unknown: { thing_id: late } }, ...things };
    const it = resource(viewAfter({ root, changes }), "other.it");
    return throughLink(it, "thing_id", { thing: ["id"] }, text`the thing`, (thing) =>
      fact(thing, "size", { read: Number, absent: 0, remedy: 1 }),
    );
  };
  const byIndex = { thing_id: { references: ["thing.x", "terraform.workspace"] } };

  test("one: what it says, where it says it", () => {
    const place = { address: 'thing.x["0"]', at: "size" };
    expect(size([2], byIndex)).toMatchObject({ state: "known", value: 2, place });
  });

  test("several that agree: what they say, where the attribute stands", () => {
    const found = size([2, 2], byIndex);
    expect(found).toMatchObject({ state: "known", value: 2, place: { address: "other.it", at: "thing_id" } });
    expect(found.remedy).toBeUndefined();
    expect(found.related).toEqual(['thing.x["0"]', 'thing.x["1"]']);
  });

  test("several that differ: which it is of them", () => {
    expect(said(size([2, 3], byIndex))).toBe('? the plan does not tell which it is of thing.x["0"], thing.x["1"]');
  });

  test("none, or nobody knows which", () => {
    expect(said(size([2], {}, false))).toBe("? the thing is defined outside this plan");
    expect(said(size([2], { thing_id: refersTo("local.id") }))).toMatch(/^\? known after apply, from local.id/);
  });
});

describe("a header", () => {
  const place = { address: "thing.a", at: "header" };

  test("its directives stand where it stands", () => {
    const header = { ...known({ maxAge: 1, includeSubDomains: true, preload: false }), place };
    const { maxAge, includeSubDomains, preload } = directives(header);
    expect([maxAge, includeSubDomains, preload].map(said)).toEqual([1, true, false]);
    expect([maxAge, includeSubDomains, preload].map((one) => one.place)).toEqual([place, place, place]);
    const late = unknown({ reason: "after-apply" });
    expect(directives({ ...late, place }).preload).toMatchObject(late);
  });

  test("each directive is read with a header that has it", () => {
    const read = eachDirective((choose, header) => ({ ...known(choose(parseHsts(header))), place }));
    expect([read.maxAge, read.includeSubDomains, read.preload].map(said)).toEqual([31_536_000, true, true]);
  });
});

describe("a name", () => {
  const name = (change: Partial<Change>) =>
    said(nameOf(resource(viewAfter({ changes: { "thing.a": change } }), "thing.a"), "host"));

  test.each<[string, Partial<Change>, unknown]>([
    ["that is written", { after: { host: "a.test" } }, "a.test"],
    ["that is a secret", { after: { host: "a.test" }, after_sensitive: { host: true } }, { secret: "a.test" }],
    ["that is no text", { after: { host: 3 } }, "? 3 is not a value that tlsgate recognises"],
    ["that is not set", { after: { host: null } }, "? host is not set"],
  ])("%s", (_, change, expected) => expect(name(change)).toEqual(expected));
});

test("what is passed on without a look at it is the application's to answer", () => {
  expect(passedOnHttp.reason).toBe("application");
  expect(describeCause(passedOnHttp)).toBe("what answers behind it redirects plain HTTP or not, outside the plan");
});

describe("a security policy", () => {
  const place = { address: "thing.a", at: "policy" };
  const of = (security: Security | AnnouncedSecurity) => {
    const { minimumTls, forwardSecrecy, aeadOnly, ecdheAes } = secured({ ...known(security), place });
    return [minimumTls, forwardSecrecy, aeadOnly, ecdheAes].map(said);
  };
  const suites = { forwardSecrecy: true, aeadOnly: false };
  const open = "? the cipher suites of this security policy are not published";

  test.each<[string, Security | AnnouncedSecurity, readonly unknown[]]>([
    ["as published", { minimumTls: "TLS 1.2", ...suites, ecdheAes: true }, ["TLS 1.2", true, false, true]],
    ["without ECDHE and AES", { minimumTls: "TLS 1.2", ...suites, ecdheAes: false }, ["TLS 1.2", true, false, false]],
    // It offers TLS 1.2 too, with these suites.
    ["from TLS 1.0 up", { minimumTls: "TLS 1.0", ...suites, ecdheAes: false }, ["TLS 1.0", true, false, false]],
    ["of TLS 1.3 alone", { minimumTls: "TLS 1.3", ...suites, ecdheAes: false }, ["TLS 1.3", true, false, true]],
    ["whose suites are not published", { minimumTls: "TLS 1.2" }, ["TLS 1.2", open, open, open]],
    ["of TLS 1.3 alone, whose suites are not published", { minimumTls: "TLS 1.3" }, ["TLS 1.3", open, open, true]],
  ])("%s", (_, security, expected) => expect(of(security)).toEqual(expected));

  test("that is unknown", () => {
    const { minimumTls, forwardSecrecy, aeadOnly, ecdheAes } = secured({ ...unknown(because`no reason`), place });
    expect([minimumTls, forwardSecrecy, aeadOnly, ecdheAes].map(said)).toEqual(Array(4).fill("? no reason"));
  });

  test.each<[TlsVersion, boolean, boolean]>([
    ["TLS 1.3", false, true],
    ["TLS 1.2", true, true],
    ["TLS 1.2", false, false],
    ["TLS 1.1", true, false],
    ["TLS 1.0", true, false],
  ])("the newest version %s with suites %s: ECDHE and AES %s", (newest, ecdhe, expected) => {
    expect(said(ecdheAesBy({ ...known(newest), place }, { ...known(ecdhe), place }))).toBe(expected);
  });
});
