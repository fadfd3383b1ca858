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
