// What the grammar of a name suggests that no table holds: told to people beside "not recognised", and never judged.

/** Versions as names write them: TLSv1.2_2021, TLS_1_2, TLS13-1-2, TLS12, Policy-Min-TLS-1-0; the last is the oldest. */
const versions = /(?:TLS|SSL)[ _-]?v?(1(?:[._-]?[0-3](?!\d)|(?![._-]?\d(?!\d)|\d)))(?:[._-](1[._-][0-3])(?!\d))?/gi;

/** "TLS 1.2"; undefined for a name without a version in it. */
export function suggestTls(name: string): string | undefined {
  const [, first, second] = [...name.matchAll(versions)].at(-1) ?? [];
  const digits = (second ?? first)?.replace(/[._-]/g, "");
  if (!digits) return undefined;
  return `TLS 1.${digits[1] ?? "0"}`;
}
