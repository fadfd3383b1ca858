// Reads the configuration out of a plan file, which is a ZIP archive.
// https://github.com/hashicorp/terraform/tree/main/internal/plans/planfile

import { unzipSync } from "fflate";
import { InputError } from "../input-error.ts";
import type { ConfigurationSource, ModuleSource } from "./configuration.ts";
import type { SourceFile } from "./syntax.ts";

/** Larger than any configuration, with plan and state beside it. */
const maxEntry = 64 * 2 ** 20;
const maxTotal = 256 * 2 ** 20;
const maxEntries = 20_000;

const configurationFolder = "tfconfig/";

interface ModuleRecord {
  readonly Key?: unknown;
  readonly Dir?: unknown;
}

/** Whether bytes start as a ZIP archive does. */
export const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** The files of all modules, the workspace and the lock file. */
export function readPlanFile(bytes: Uint8Array, path: string): ConfigurationSource {
  const entries = unpacked(bytes, path);
  const text = (name: string): string | undefined => {
    const content = entries[name];
    return content && new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);
  };
  const manifest = text(`${configurationFolder}modules.json`);
  if (manifest === undefined)
    throw new InputError(
      `${path} is a ZIP archive but not a Terraform plan file.`,
      "Write one with: terraform plan -out=tfplan",
    );
  const modules = recordsIn(manifest, path).map(({ Key, Dir }): ModuleSource => {
    const key = typeof Key === "string" ? Key : "";
    const directory = typeof Dir === "string" ? Dir.replaceAll("\\", "/") : ".";
    const folder = `${configurationFolder}m-${key}/`;
    const files = Object.keys(entries)
      .filter((name) => name.startsWith(folder) && isConfigurationFile(name))
      .map((name): SourceFile => {
        const file = name.slice(folder.length);
        return { path: directory === "." ? file : `${directory}/${file}`, text: text(name) ?? "" };
      });
    return { key, directory, files };
  });
  const lockFile = text(".terraform.lock.hcl");
  return {
    modules,
    workspace: entries.tfplan && workspaceIn(entries.tfplan),
    lockFile: lockFile === undefined ? undefined : { path: ".terraform.lock.hcl", text: lockFile },
  };
}

/** The list of modules in a plan file, as JSON; undefined where the file is none, or holds none. */
export function modulesManifestIn(bytes: Uint8Array): string | undefined {
  if (!isArchive(bytes)) return undefined;
  const name = `${configurationFolder}modules.json`;
  try {
    const content = unzipSync(bytes, {
      filter: (entry) => entry.name === name && entry.originalSize <= maxEntry,
    })[name];
    return content && new TextDecoder().decode(content);
  } catch {
    // A damaged archive is an error where its configuration is read.
    return undefined;
  }
}

/** Files that Terraform reads as configuration. */
export const isConfigurationFile = (path: string): boolean => {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (name.endsWith(".tf") || name.endsWith(".tf.json")) && !name.startsWith(".") && !name.endsWith("~");
};

const isNeeded = (name: string): boolean =>
  name === "tfplan" || name === ".terraform.lock.hcl" || name.startsWith(configurationFolder);

function unpacked(bytes: Uint8Array, path: string): { readonly [name: string]: Uint8Array } {
  let total = 0;
  let count = 0;
  const refuse = (): never => {
    throw new InputError(`${path} unpacks to more than a plan file can hold.`);
  };
  try {
    return unzipSync(bytes, {
      // The size is what the entry gets as memory: one that says less than it holds is cut off there.
      filter: ({ name, originalSize }) => {
        if (!isNeeded(name)) return false;
        total += originalSize;
        count++;
        if (originalSize > maxEntry || total > maxTotal || count > maxEntries) refuse();
        return true;
      },
    });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${path} is a damaged ZIP archive.`, "Write the plan file again: terraform plan -out=tfplan");
  }
}

function recordsIn(manifest: string, path: string): readonly ModuleRecord[] {
  try {
    const records: unknown = JSON.parse(manifest);
    if (Array.isArray(records))
      return records.filter((one) => typeof one === "object" && one !== null) as ModuleRecord[];
  } catch {
    // Falls through to the same error.
  }
  throw new InputError(`The list of modules in ${path} is not readable.`);
}

/** Field 13 of the plan is its backend, and field 3 of that the workspace. */
function workspaceIn(plan: Uint8Array): string | undefined {
  const backend = bytesField(plan, 13);
  const workspace = backend && bytesField(backend, 3);
  return workspace && new TextDecoder().decode(workspace);
}

/** The content of a length-delimited field. https://protobuf.dev/programming-guides/encoding/ */
function bytesField(message: Uint8Array, wanted: number): Uint8Array | undefined {
  let position = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; position < message.length && shift < 70; shift += 7) {
      const byte = message[position++] as number;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    position = message.length;
    return 0;
  };
  while (position < message.length) {
    const tag = varint();
    const [field, wire] = [Math.floor(tag / 8), tag % 8];
    if (wire === 0) varint();
    else if (wire === 1) position += 8;
    else if (wire === 5) position += 4;
    else if (wire === 2) {
      const length = varint();
      if (position + length > message.length) return undefined;
      if (field === wanted) return message.subarray(position, position + length);
      position += length;
    } else return undefined;
  }
  return undefined;
}
