// Globs over Terraform addresses: `module.cdn["eu"].**`, `aws_lb_listener.front`, `aws_s3_bucket.logs["eu-*"]`.

/**
 * Whether an address is meant. `*` stands for any text within one name or key, `[*]` for any key, `**` for any number of
 * steps. Without a key at its end, a resource means all of its instances, as it does for Terraform's -target.
 */
export function matchesAddress(glob: string, address: string): boolean {
  const pattern = glob.replace(/"(?:[^"\\]|\\.)*"|\*\*|\[\*\]|\*|[^*"[]+|./gs, (part) => {
    if (part === "**") return ".*";
    if (part === "[*]") return anyKey;
    if (part === "*") return String.raw`[^.[\]"]*`;
    return part.split("*").map(literal).join(String.raw`(?:[^"\\]|\\.)*`);
  });
  return new RegExp(`^${pattern}(?:${anyKey})?$`, "s").test(address);
}

const anyKey = String.raw`\[(?:\d+|"(?:[^"\\]|\\.)*")\]`;

const literal = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");

/** Whether a glob is no exception but a rule: it names neither a module nor a resource by its type and name. */
export function isTooWide(glob: string): boolean {
  // A step that parseAddress leaves out, a lone `*`, names nothing.
  const names = glob.match(/"(?:[^"\\]|\\.)*"|[^.[\]"]+/g)?.filter((one) => !one.startsWith('"')) ?? [];
  for (let at = 0; at < names.length; at++) {
    const [name = "", next = ""] = names.slice(at);
    if (name === "module") {
      if (next !== "" && !next.includes("*")) return false;
      at++;
    } else if (!/^\*+$/.test(name)) return name.includes("*") || next === "" || next.includes("*");
  }
  return true;
}
