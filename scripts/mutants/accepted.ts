// biome-ignore-all lint/suspicious/noTemplateCurlyInString: lines of sources

// Mutants that no test can kill, each with the reason. An entry that no longer survives must go.

export interface Accepted {
  readonly file: string;
  /** As `npm run mutants` prints it. */
  readonly name: string;
  readonly reason: string;
}

export const accepted: readonly Accepted[] = [
  {
    file: "src/hcl/archive.ts",
    name: "for (let shift = 0; position < message.length && shift < 70; shift += 7) {  |  70 → 69",
    reason: "Shifts are multiples of seven.",
  },
  {
    file: "src/hcl/archive.ts",
    name: "for (let shift = 0; position < message.length && shift < 70; shift += 7) {  |  position < message.length → position <= message.length",
    reason: "Behind the end there is no byte, which adds nothing.",
  },
  {
    file: "src/hcl/convert.ts",
    name: 'if (power < -4 || power >= 10) return `${short}e${power < 0 ? "-" : "+"}${`${Math.abs(power)}`.padStart(2, "0")}`;  |  power < 0 → power <= 0',
    reason: "Power 0 is written without an exponent.",
  },
  {
    file: "src/hcl/evaluator.ts",
    name: "const value = valueAt(block, path, instance?.values, instance?.unknown ?? false);  |  false → true",
    reason: "Where no instance is planned, there is no value to hide.",
  },
  {
    file: "src/hcl/evaluator.ts",
    name: "let mask: Mask = instanceOf(id)?.unknown ?? false;  |  false → true",
    reason: "Where no instance is planned, there is no value to hide.",
  },
  {
    file: "src/hcl/expression-parser.ts",
    name: "const line = text.slice(position, lineEnd < 0 ? text.length : lineEnd);  |  lineEnd < 0 → lineEnd <= 0",
    reason: "A line end is never at 0: the heredoc has begun before it.",
  },
  {
    file: "src/hcl/expression-parser.ts",
    name: 'if (end < 0) fail("a comment has no end");  |  end < 0 → end <= 0',
    reason: "An end is never at 0: the comment has begun before it.",
  },
  {
    file: "src/hcl/functions/collection.ts",
    name: "if (compare(step, zero) === 0 || (third && compare(step, zero) < 0 !== isDown && compare(limit, start) !== 0))  |  compare(step, zero) < 0 → compare(step, zero) <= 0",
    reason: "A step of 0 is refused before.",
  },
  {
    file: "src/hcl/functions/date.ts",
    name: "const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);  |  7 → 8",
    reason: "What follows the seconds is not taken.",
  },
  {
    file: "src/hcl/functions/date.ts",
    name: "const seconds = nanoseconds / 1_000_000_000n - (nanoseconds < 0n && nanoseconds % 1_000_000_000n !== 0n ? 1n : 0n);  |  nanoseconds < 0n → nanoseconds <= 0n",
    reason: "Zero leaves no remainder.",
  },
  {
    file: "src/hcl/functions/format.ts",
    name: "const base = { b: 2, d: 10, o: 8, x: 16, X: 16 }[mode] ?? 10;  |  10 → 11",
    reason: "The table holds every mode that comes here.",
  },
  {
    file: "src/hcl/functions/format.ts",
    name: "const base = { b: 2, d: 10, o: 8, x: 16, X: 16 }[mode] ?? 10;  |  10 → 9",
    reason: "The table holds every mode that comes here.",
  },
  {
    file: "src/hcl/functions/format.ts",
    name: "if (missing <= 0) return sign + digits;  |  missing <= 0 → missing < 0",
    reason: "Nothing is added where nothing is missing.",
  },
  {
    file: "src/hcl/functions/format.ts",
    name: "if (missing <= 0) return text;  |  missing <= 0 → missing < 0",
    reason: "Nothing is added where nothing is missing.",
  },
  {
    file: "src/hcl/functions/format.ts",
    name: 'return `${text.startsWith("-") ? "-" : ""}${mantissa}e${exponent < 0 ? "-" : "+"}${power}`;  |  exponent < 0 → exponent <= 0',
    reason: "The exponent 0 is not written.",
  },
  {
    file: "src/hcl/functions/network.ts",
    name: "for (let start = 0; start < 8; start++) {  |  8 → 7",
    reason: "One group alone is never shortened.",
  },
  {
    file: "src/hcl/functions/network.ts",
    name: "for (let start = 0; start < 8; start++) {  |  8 → 9",
    reason: "Behind the last group there is none that is zero.",
  },
  {
    file: "src/hcl/functions/network.ts",
    name: "for (let start = 0; start < 8; start++) {  |  start < 8 → start <= 8",
    reason: "Behind the last group there is none that is zero.",
  },
  {
    file: "src/hcl/functions/numeric.ts",
    name: "return number(one.mantissa < 0n ? negate(one) : one);  |  one.mantissa < 0n → one.mantissa <= 0n",
    reason: "-0n is 0n.",
  },
  {
    file: "src/hcl/functions/numeric.ts",
    name: "values.reduce((best, value) => (compare(bigNumberOf(value), bigNumberOf(best)) * sign > 0 ? value : best));  |  compare(bigNumberOf(value), bigNumberOf(best)) * sign > 0 → compare(bigNumberOf(value), bigNumberOf(best)) * sign >= 0",
    reason: "Of equal numbers, each is the result.",
  },
  {
    file: "src/hcl/functions/regex.ts",
    name: "(at > 0 && isWord(text[at - 1] as string)) !== (at < text.length && isWord(text[at] as string));  |  at < text.length → at <= text.length",
    reason: "Behind the text there is no character of a word.",
  },
  {
    file: "src/hcl/functions/regex.ts",
    name: "(at > 0 && isWord(text[at - 1] as string)) !== (at < text.length && isWord(text[at] as string));  |  at > 0 → at >= 0",
    reason: "Before the text there is no character of a word.",
  },
  {
    file: "src/hcl/functions/regex.ts",
    name: 'const posix = /^\\[:(\\^?)(\\w+):\\]/.exec(chars.slice(position, position + 14).join(""));  |  14 → 13',
    reason: "No class has a longer name.",
  },
  {
    file: "src/hcl/functions/regex.ts",
    name: 'const posix = /^\\[:(\\^?)(\\w+):\\]/.exec(chars.slice(position, position + 14).join(""));  |  14 → 15',
    reason: "No class has a longer name.",
  },
  {
    file: "src/hcl/functions/regex.ts",
    name: "const slots = 2 * (groups.length + 1);  |  2 → 3",
    reason: "More slots than groups stay empty.",
  },
  {
    file: "src/hcl/functions/regex.ts",
    name: 'const text = chars.slice(position, position + 12).join("");  |  12 → 13',
    reason: "No group of flags, and no code point, is longer.",
  },
  {
    file: "src/hcl/functions/regex.ts",
    name: "if (end < 0 || !/^\\w+$/.test(name)) invalid();  |  end < 0 → end <= 0",
    reason: "An end is never at 0: the group has begun before it.",
  },
  {
    file: "src/hcl/functions/regex.ts",
    name: 'return index < 0 ? node : { kind: "group", node, index };  |  index < 0 → index <= 0',
    reason: "Groups are counted from 1.",
  },
  {
    file: "src/hcl/functions/text.ts",
    name: "while (end > start && cut.has(chars[end - 1] as string)) end--;  |  end > start → end >= start",
    reason: "What is before it has been kept, so nothing there is cut.",
  },
  {
    file: "src/hcl/functions/text.ts",
    name: "while (start < end && cut.has(chars[start] as string)) start++;  |  start < end → start <= end",
    reason: "Behind the text there is no character to cut.",
  },
  {
    file: "src/hcl/number.ts",
    name: "const decimals = power < 0 ? -power : 0;  |  power < 0 → power <= 0",
    reason: "Both ways give 0.",
  },
  {
    file: "src/hcl/number.ts",
    name: "const isNegative = numerator < 0n !== denominator < 0n;  |  denominator < 0n → denominator <= 0n",
    reason: "No divisor is zero: that is answered before.",
  },
  {
    file: "src/hcl/number.ts",
    name: "const isNegative = numerator < 0n !== denominator < 0n;  |  numerator < 0n → numerator <= 0n",
    reason: "Zero has been answered before.",
  },
  {
    file: "src/hcl/number.ts",
    name: "const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);  |  value < 0n → value <= 0n",
    reason: "-0n is 0n.",
  },
  {
    file: "src/hcl/number.ts",
    name: "const scale = power < 0 ? 5n ** BigInt(-power) : 1n << BigInt(power);  |  power < 0 → power <= 0",
    reason: "Both ways give one for the power 0.",
  },
  {
    file: "src/hcl/number.ts",
    name: 'const sign = mantissa < 0n ? "-" : "";  |  mantissa < 0n → mantissa <= 0n',
    reason: "Zero has been answered before.",
  },
  {
    file: "src/hcl/number.ts",
    name: "const value = exponent >= 0 ? magnitude(mantissa) << BigInt(exponent) : magnitude(mantissa) * 5n ** BigInt(-exponent);  |  exponent >= 0 → exponent > 0",
    reason: "Both ways leave the mantissa as it is.",
  },
  {
    file: "src/hcl/number.ts",
    name: "if (exponent === 0 && mantissa > -small && mantissa < small) return `${mantissa}`;  |  mantissa < small → mantissa <= small",
    reason: "The general way writes the same digits.",
  },
  {
    file: "src/hcl/number.ts",
    name: "if (exponent === 0 && mantissa > -small && mantissa < small) return `${mantissa}`;  |  mantissa > -small → mantissa >= -small",
    reason: "The general way writes the same digits.",
  },
  {
    file: "src/hcl/number.ts",
    name: "if (exponent >= 0 && bitLength(mantissa) + exponent <= precision) return `${truncate(value)}`;  |  bitLength(mantissa) + exponent <= precision → bitLength(mantissa) + exponent < precision",
    reason: "An integer of that many bits has no shorter notation.",
  },
  {
    file: "src/hcl/number.ts",
    name: "if (exponent >= 0 && bitLength(mantissa) + exponent <= precision) return `${truncate(value)}`;  |  exponent >= 0 → exponent > 0",
    reason: "An integer of that many bits has no shorter notation.",
  },
  {
    file: "src/hcl/number.ts",
    name: "if (exponent >= 0) return mantissa << BigInt(exponent);  |  exponent >= 0 → exponent > 0",
    reason: "A shift by 0 changes nothing.",
  },
  {
    file: "src/hcl/number.ts",
    name: "if (power >= 0) return rounded(value * 10n ** BigInt(power), 0, precision);  |  power >= 0 → power > 0",
    reason: "Divided by one, the value is rounded in the same way.",
  },
  {
    file: "src/hcl/number.ts",
    name: "if (size < small) return 32 - Math.clz32(Number(size));  |  size < small → size <= small",
    reason: "Both ways count 32 bits.",
  },
  {
    file: "src/hcl/number.ts",
    name: "return isInteger(value) || value.mantissa > 0n ? whole : whole - 1n;  |  value.mantissa > 0n → value.mantissa >= 0n",
    reason: "Zero is an integer.",
  },
  {
    file: "src/hcl/number.ts",
    name: "return mantissa < 0n ? -value : value;  |  mantissa < 0n → mantissa <= 0n",
    reason: "-0n is 0n.",
  },
  {
    file: "src/hcl/number.ts",
    name: "return { mantissa: mantissa < 0n ? -value : value, exponent: power + zeros, precision };  |  mantissa < 0n → mantissa <= 0n",
    reason: "Zero has been answered before.",
  },
  {
    file: "src/hcl/template.ts",
    name: 'const items: Expression = { kind: "for", ...names, collection, value, isGrouped: false, at };  |  isGrouped: false → true',
    reason: "Only the values of a key are grouped, and there is no key.",
  },
  {
    file: "src/hcl/template.ts",
    name: "while (end > 0 && spacesAfter.test(text[end - 1] as string)) end--;  |  end > 0 → end >= 0",
    reason: "Before the text there is no space.",
  },
  {
    file: "src/hcl/type.ts",
    name: 'if (shaped.length > 0 && (all("object") || all("tuple"))) return hasAny ? "any" : unifyStructures(shaped);  |  shaped.length > 0 → shaped.length >= 0',
    reason: "Types that are all open have been found the same before.",
  },
  {
    file: "src/hcl/value.ts",
    name: "const rank = (unit: number) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);  |  0x10000 → 65535",
    reason: "Any number puts surrogates above all other units that is as large.",
  },
  {
    file: "src/hcl/value.ts",
    name: "const rank = (unit: number) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);  |  0x10000 → 65537",
    reason: "Any number puts surrogates above all other units that is as large.",
  },
  {
    file: "src/plan/address.ts",
    name: "for (let at = 0; at < steps.length; at++) {  |  at < steps.length → at <= steps.length",
    reason: "The step past the end is none, and is passed over.",
  },
  {
    file: "src/plan/block-config.ts",
    name: 'export const emptyConfig: BlockConfig = { ...hiddenConfig, isShown: true, cause: () => ({ reason: "after-apply" }) };  |  isShown: true → false',
    reason: "Whether it is shown is asked only of what is not written, and here all is.",
  },
  {
    file: "src/plan/block-config.ts",
    name: "isShown: true,  |  isShown: true → false",
    reason: "Whether it is shown is asked only of what is not written, and here all is.",
  },
  {
    file: "src/plan/block.ts",
    name: 'const id = `${name}${options.set ? " set" : ""}${options.computed ? " computed" : ""}`;  |  options.computed → !(options.computed)',
    reason: "The keys are swapped, and still differ.",
  },
  {
    file: "src/plan/block.ts",
    name: 'const id = `${name}${options.set ? " set" : ""}${options.computed ? " computed" : ""}`;  |  options.set → !(options.set)',
    reason: "The keys are swapped, and still differ.",
  },
  {
    file: "src/plan/block.ts",
    name: "const itemIn = (outer: Mask | undefined, index: number) => (isSingle ? (outer ?? false) : maskAt(outer, index));  |  false → true",
    reason: "What is looked up in a mask is never undefined.",
  },
  {
    file: "src/plan/block.ts",
    name: "const nothing: Snapshot = { values: {}, unknown: false, sensitive: false };  |  sensitive: false → true",
    reason: "An absent block holds no value that could be a secret.",
  },
  {
    file: "src/plan/block.ts",
    name: "const referred = identified.length > 1 ? resourcesOf(written.leaves(name)) : [];  |  identified.length > 1 → identified.length >= 1",
    reason: "One that is identified alone is found in both ways.",
  },
  {
    file: "src/plan/computed-attributes.ts",
    name: "const { sensitive = false } = planned.instances(instance).find(({ key }) => key === instance.key) ?? {};  |  false → true",
    reason: "A resource that is found is planned, and a planned one says what is a secret.",
  },
  {
    file: "src/plan/configuration-differences.ts",
    name: 'blocks: noBlocks,  |  blocks: noBlocks → new Set(["source", "version", "count", "for_each", "depends_…',
    reason: "A module call holds no blocks.",
  },
  {
    file: "src/plan/configuration-differences.ts",
    name: 'const providerNames: MetaNames = { attributes: new Set(["alias", "version"]), blocks: noBlocks };  |  blocks: noBlocks → new Set(["alias", "version"])',
    reason: "A module call holds no blocks.",
  },
  {
    file: "src/plan/configuration-differences.ts",
    name: 'const providerNames: MetaNames = { attributes: new Set(["alias", "version"]), blocks: noBlocks };  |  blocks: noBlocks → new Set(["alias", "version"])',
    reason: "No provider has blocks of these names.",
  },
  {
    file: "src/plan/configuration-differences.ts",
    name: "return found.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));  |  sortKey(one) < sortKey(other) → sortKey(one) <= sortKey(other)",
    reason: "Differences with one key read the same.",
  },
  {
    file: "src/plan/read.ts",
    name: ".sort((one, other) => (one.name < other.name ? -1 : 1))  |  one.name < other.name → one.name <= other.name",
    reason: "A directory has no two entries of one name.",
  },
  {
    file: "src/plan/reference.ts",
    name: "if ((sorted[middle] as string) < start) from = middle + 1;  |  (sorted[middle] as string) < start → (sorted[middle] as string) <= start",
    reason: "No reference ends with a dot or a bracket.",
  },
  {
    file: "src/plan/reference.ts",
    name: "if (leaves.length < 2) return leaves;  |  2 → 1",
    reason: "One leaf is the only one of its origin.",
  },
  {
    file: "src/plan/reference.ts",
    name: "if (references.length < 2) return references;  |  2 → 1",
    reason: "No reference is extended by itself.",
  },
];
