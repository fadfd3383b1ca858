// Puts the modules beside a module that it calls into its package: what leads out of a package does not resolve.

import { posix } from "node:path";
import { moduleFrom, textOf } from "../hcl/configuration.ts";
import { parseNative } from "../hcl/native-syntax.ts";
import type { Attribute } from "../hcl/syntax.ts";
import { byPath, type PackageFile, type ReadFiles } from "./package-files.ts";

/** Of a sibling, the package needs what it declares. */
const isNeeded = ({ path }: PackageFile): boolean => !/^(?:examples|tests)\//.test(path);

/**
 * `name` is the module's directory, `siblings` are the files of the directories beside it, by name. A sibling comes into
 * `modules/NAME` of the package, and the sources of the calls that lead to it are rewritten; siblings of siblings come
 * along, and find each other there.
 */
export function withSiblings(
  name: string,
  files: readonly PackageFile[],
  siblings: (name: string) => ReadFiles | undefined,
): ReadFiles {
  const problems: string[] = [];
  const added = new Map<string, readonly PackageFile[]>();

  /** The sibling that a path leads to; `directory` is where the call stands, below the directory of all modules. */
  const siblingAt = (
    directory: string,
    source: string,
  ): { readonly name: string; readonly rest: string } | undefined => {
    const [first = "", ...rest] = posix.join(directory, source).split("/");
    return first === ".." || first === "" || first === "." ? undefined : { name: first, rest: rest.join("/") };
  };

  const add = (sibling: string): boolean => {
    if (added.has(sibling)) return true;
    const found = siblings(sibling);
    if (!found) return false;
    problems.push(...found.problems.map((problem) => `../${sibling}/${problem}`));
    const needed = found.files.filter(isNeeded);
    added.set(sibling, needed);
    for (const file of needed) {
      for (const { source } of localCalls(file)) {
        const target = siblingAt(posix.join(sibling, posix.dirname(file.path)), source);
        const isFound = target !== undefined && (target.name === sibling || add(target.name));
        if (!isFound) problems.push(outside(`modules/${sibling}/${file.path}`, source));
      }
    }
    return true;
  };

  const own = files.map((file): PackageFile => {
    let text = file.content.toString("utf8");
    let hasChanged = false;
    // From the end, so that the offsets before stay true.
    for (const { source, at } of localCalls(file).reverse()) {
      const directory = posix.dirname(file.path);
      const target = siblingAt(posix.join(name, directory), source);
      if (target?.name === name) continue;
      if (!target || !add(target.name)) {
        problems.push(outside(file.path, source));
        continue;
      }
      const inPackage = posix.relative(directory, posix.join("modules", target.name, target.rest));
      const written = inPackage.startsWith(".") ? inPackage : `./${inPackage}`;
      text = text.slice(0, at) + written + text.slice(at + source.length);
      hasChanged = true;
    }
    return hasChanged ? { ...file, content: Buffer.from(text) } : file;
  });

  const taken = new Set(files.map(({ path }) => path.split("/").slice(0, 2).join("/")));
  for (const sibling of added.keys()) {
    if (taken.has(`modules/${sibling}`))
      problems.push(`modules/${sibling} is a module of its own and the place of ../${sibling}: rename one.`);
  }
  const others = [...added].flatMap(([sibling, found]) =>
    found.map((file) => ({ ...file, path: `modules/${sibling}/${file.path}` })),
  );
  return { files: [...own, ...others].sort(byPath), problems };
}

const outside = (path: string, source: string): string =>
  `${path} calls ${JSON.stringify(source)}, which is outside of the package: publish that module, or move it beside this one.`;

interface LocalCall {
  readonly source: string;
  /** Offset of the source in the text. */
  readonly at: number;
}

/** Calls by a path, in the order of the file. What cannot be read, Terraform refuses later, with its own message. */
function localCalls({ path, content }: PackageFile): LocalCall[] {
  if (!path.endsWith(".tf")) return [];
  const file = { path, text: content.toString("utf8") };
  try {
    const calls = parseNative(file).blocks("module", 1);
    return calls.flatMap(({ body }) => localSource(body.attribute("source"), file.text));
  } catch {
    return [];
  }
}

function localSource(attribute: Attribute | undefined, text: string): LocalCall[] {
  if (attribute?.expression.kind !== "literal" || typeof attribute.expression.value !== "string") return [];
  const { value, at } = attribute.expression;
  const isLocal = /^\.\.?\//.test(value) || value === "." || value === "..";
  // The literal starts after its quote. One with escapes is not as it is written.
  return isLocal && text.startsWith(`"${value}"`, at - 1) ? [{ source: value, at }] : [];
}

/** Calls in JSON that lead outside: they cannot be rewritten without changing the file's layout. */
export function outsideCallsInJson(files: readonly PackageFile[]): string[] {
  return files.flatMap((file) => {
    if (!file.path.endsWith(".tf.json")) return [];
    const { calls } = moduleFrom([{ path: file.path, text: file.content.toString("utf8") }]);
    return [...calls.values()].flatMap(({ body }) => {
      const value = textOf(body.attribute("source")?.expression);
      const isOutside =
        value !== undefined &&
        /^\.\.?(?:\/|$)/.test(value) &&
        posix.join(posix.dirname(file.path), value).startsWith("..");
      return isOutside ? [outside(file.path, value)] : [];
    });
  });
}
