// The order of TLS versions.

import { expect, test } from "vitest";
import { atLeast, type TlsVersion } from "../../src/facts/endpoint.ts";

const oldestFirst: readonly TlsVersion[] = ["SSLv3", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"];

test.each(oldestFirst.map((version, index) => [version, index] as const))(
  "%s is at least itself, and what is older",
  (version, index) => {
    expect(oldestFirst.filter((floor) => atLeast(version, floor))).toEqual(oldestFirst.slice(0, index + 1));
  },
);
