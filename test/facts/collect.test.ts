// What adapters say of all resources of a view, in one inventory.

import { expect, test } from "vitest";
import type { Adapter } from "../../src/facts/adapter.ts";
import { collect } from "../../src/facts/collect.ts";
import { certificate, endpoint, known, objectStore, use } from "../support/endpoint.ts";
import { viewAfter } from "../support/made.ts";

const view = viewAfter({ changes: { "thing.a": {}, "thing.b": {}, "other.c": {} } });
const outside = certificate({ address: undefined });

const things: Adapter = {
  id: "made/thing",
  resourceTypes: ["thing"],
  endpoints: ({ address }) => [
    endpoint({ address, certificates: [use(), use({ certificate: { ...outside, names: [known(address)] } })] }),
  ],
  certificates: ({ address }) => (address === "thing.a" ? [certificate({ address })] : []),
};
const stores: Adapter = {
  id: "made/other",
  resourceTypes: ["other"],
  objectStores: ({ address }) => [{ ...objectStore(known(true)), address }],
};

test("certificates are those that resources make, and those from outside that an endpoint names", () => {
  const { endpoints, certificates, objectStores } = collect(view, [things, stores]);
  expect(endpoints.map(({ address }) => address)).toEqual(["thing.a", "thing.b"]);
  // That of `use()` has a resource of its own, whose adapter says it.
  expect(certificates.map(({ address, names }) => address ?? names[0])).toEqual([
    "thing.a",
    known("thing.a"),
    known("thing.b"),
  ]);
  expect(objectStores.map(({ address }) => address)).toEqual(["other.c"]);
});
