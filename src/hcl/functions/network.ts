// Terraform's functions of IP networks.

import { isInteger, truncate } from "../number.ts";
import { failure, sequence, string, unknown, type Value } from "../value.ts";
import { bigNumberOf, define, type FunctionTable, integerOf, textOf } from "./definition.ts";

interface Network {
  readonly address: bigint;
  readonly prefix: number;
  /** 32 or 128. */
  readonly bits: number;
  /** An IPv4 address in IPv6 notation, "::ffff:10.0.0.1": Terraform takes it for one in some places, and not in others. */
  readonly isMapped: boolean;
}

function parseFour(text: string): bigint | undefined {
  const parts = text.split(".");
  // Terraform reads numbers with leading zeros as decimal ones.
  if (parts.length !== 4 || parts.some((part) => !/^[0-9]+$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseSix(text: string): bigint | undefined {
  const lastColon = text.lastIndexOf(":");
  const four = text.includes(".") ? parseFour(text.slice(lastColon + 1)) : undefined;
  if (text.includes(".") && four === undefined) return undefined;
  const plain =
    four === undefined
      ? text
      : `${text.slice(0, lastColon + 1)}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
  const halves = plain.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (groups.some((group) => !/^0*[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

function parseNetwork(text: string): Network | undefined {
  const [address = "", length, more] = text.split("/");
  if (length === undefined || more !== undefined || !/^[0-9]+$/.test(length)) return undefined;
  const bits = address.includes(":") ? 128 : 32;
  const parsed = bits === 32 ? parseFour(address) : parseSix(address);
  const prefix = Number(length);
  if (parsed === undefined || prefix > bits) return undefined;
  return { address: masked(parsed, prefix, bits), prefix, bits, isMapped: bits === 128 && parsed >> 32n === 0xffffn };
}

const masked = (address: bigint, prefix: number, bits: number): bigint =>
  (address >> BigInt(bits - prefix)) << BigInt(bits - prefix);

function formatAddress(address: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => `${(address >> shift) & 255n}`).join(".");
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  // The longest run of zeros, the first of several, becomes "::".
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === "0") length++;
    if (length > best.length) best = { start, length };
  }
  if (best.start < 0) return groups.join(":");
  return `${groups.slice(0, best.start).join(":")}::${groups.slice(best.start + best.length).join(":")}`;
}

const formatNetwork = ({ address, prefix, bits }: Omit<Network, "isMapped">): string =>
  `${formatAddress(address, bits)}/${prefix}`;

const invalid = failure("the text is no IP network");

function subnet(base: Network, added: number, index: bigint): Network | undefined {
  const prefix = base.prefix + added;
  if (prefix > base.bits || index >= 1n << BigInt(added)) return undefined;
  return { ...base, address: base.address | (index << BigInt(base.bits - prefix)), prefix };
}

function host([network, position]: readonly Value[]): Value {
  const base = parseNetwork(textOf(network));
  const wanted = bigNumberOf(position);
  if (!base || !isInteger(wanted)) return invalid;
  if (base.isMapped) return unknown({ kind: "function", name: "cidrhost" });
  const size = 1n << BigInt(base.bits - base.prefix);
  const index = truncate(wanted);
  // Negative numbers count from the end.
  const offset = index < 0n ? size + index : index;
  if (offset < 0n || offset >= size) return failure("the network has no such host");
  return string(formatAddress(base.address | offset, base.bits));
}

/** One network after the other, each with its own number of additional bits. */
function subnets([network, ...lengths]: readonly Value[]): Value {
  const base = parseNetwork(textOf(network));
  if (!base) return invalid;
  if (base.isMapped) return unknown({ kind: "function", name: "cidrsubnets" });
  // Terraform looks at the network before the first one, and there is none.
  if (base.address === 0n && lengths.length > 0) return failure("the network has no part");
  const found: string[] = [];
  let next = base.address;
  const end = base.address + (1n << BigInt(base.bits - base.prefix));
  for (const length of lengths) {
    const added = integerOf(length);
    const prefix = base.prefix + (added ?? 0);
    if (added === undefined || added < 1 || prefix > base.bits || added > 32)
      return failure("a network has no such part");
    const size = 1n << BigInt(base.bits - prefix);
    // A larger network starts where its own size divides.
    const start = ((next + size - 1n) / size) * size;
    if (start + size > end) return failure("the network has no room for all");
    found.push(formatNetwork({ address: start, prefix, bits: base.bits }));
    next = start + size;
  }
  return sequence("list", found.map(string), "string");
}

export const networkFunctions: FunctionTable = {
  cidrhost: define(["string", "number"], host, { returns: "string" }),
  cidrnetmask: define(
    ["string"],
    ([network]) => {
      const base = parseNetwork(textOf(network));
      if (base?.bits !== 32) return failure("only IPv4 networks have a netmask");
      return string(formatAddress(masked(0xffffffffn, base.prefix, 32), 32));
    },
    { returns: "string" },
  ),
  cidrsubnet: define(
    ["string", "number", "number"],
    ([network, bits, index]) => {
      const base = parseNetwork(textOf(network));
      const added = integerOf(bits);
      if (!base || added === undefined || !isInteger(bigNumberOf(index))) return invalid;
      // What Terraform returns for a negative number is no part of the network.
      if (added < 0 || truncate(bigNumberOf(index)) < 0n || base.isMapped)
        return unknown({ kind: "function", name: "cidrsubnet" });
      const found = subnet(base, added, truncate(bigNumberOf(index)));
      return found ? string(formatNetwork(found)) : failure("the network has no such part");
    },
    { returns: "string" },
  ),
  cidrsubnets: define(["string"], subnets, { rest: "number", returns: { list: "string" } }),
};
