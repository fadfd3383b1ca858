// Endpoints behind endpoints.

import { expect, test } from "vitest";
import { chainsOf } from "../../src/facts/chain.ts";
import { endpoint, upstream } from "../support/endpoint.ts";

const at = (address: string, ...behind: string[]) =>
  endpoint({ address, upstreams: [upstream(), ...behind.map((one) => upstream({ endpoint: one }))] });

test.each([
  ["one by itself", [at("zone")], []],
  ["one behind another", [at("zone", "cdn"), at("cdn")], [["zone", "cdn"]]],
  ["three in a row, in any order", [at("cdn", "lb"), at("lb"), at("zone", "cdn")], [["zone", "cdn", "lb"]]],
  [
    "two behind one",
    [at("zone", "a", "b"), at("a"), at("b")],
    [
      ["zone", "a"],
      ["zone", "b"],
    ],
  ],
  [
    "one behind two",
    [at("zone", "cdn"), at("other", "cdn"), at("cdn")],
    [
      ["zone", "cdn"],
      ["other", "cdn"],
    ],
  ],
  ["an address with an endpoint for each listener", [at("zone", "lb"), at("zone"), at("lb")], [["zone", "lb"]]],
  ["what is not made by this plan", [at("zone", "elsewhere")], []],
  ["a loop behind the first", [at("zone", "a"), at("a", "b"), at("b", "a")], [["zone", "a", "b"]]],
])("%s", (_case, endpoints, chains) => expect(chainsOf(endpoints)).toEqual(chains));

test("of layers that all lead to one another, at most a thousand", () => {
  const layers = 20;
  const row = (layer: number) => [0, 1, 2].map((one) => `layer ${layer}, ${one}`);
  const endpoints = Array.from({ length: layers }, (_, layer) =>
    row(layer).map((address) => at(address, ...(layer + 1 < layers ? row(layer + 1) : []))),
  ).flat();
  const chains = chainsOf(endpoints);
  expect(chains).toHaveLength(1000);
  expect(new Set(chains.map((chain) => chain.length))).toEqual(new Set([layers]));
  expect(chains[0]).toEqual(Array.from({ length: layers }, (_, layer) => `layer ${layer}, 0`));
});

test("of a row without end, the beginning", () => {
  const endpoints = Array.from({ length: 20_000 }, (_, one) => at(`hop ${one}`, `hop ${one + 1}`));
  expect(chainsOf(endpoints).map((chain) => [chain.length, chain[0]])).toEqual([[50, "hop 0"]]);
});
