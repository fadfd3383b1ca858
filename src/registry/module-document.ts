// What is known of a version of a module: written by `build`, published beside its package.

import type { Settings } from "../config/settings.ts";
import { InputError } from "../input-error.ts";
import { version as tlsgate } from "../version.ts";
import type { ExampleVerdict, Judging } from "./admission.ts";
import type { ModuleInterface } from "./module-interface.ts";
import { sha256Of } from "./module-package.ts";

/** When and by what the examples of a version were judged. */
export interface Verification {
  /** A point in time, in ISO 8601. */
  readonly time: string;
  readonly tlsgate: string;
  readonly terraform: string;
  /** SHA-256, in hexadecimal, of the policies and settings that judged. */
  readonly policyDigest: string;
  readonly result: "PASSED" | "FAILED";
  readonly examples: readonly ExampleVerdict[];
}

export interface ModuleDocument {
  /** Counts up when a reader of today could not read it any more. */
  readonly format: 1;
  /** NAMESPACE/NAME/SYSTEM */
  readonly address: string;
  readonly version: string;
  /** Of the archive, in hexadecimal. */
  readonly sha256: string;
  readonly h1: string;
  /** The first sentence of the README. */
  readonly description: string;
  /** Markdown. */
  readonly readme: string;
  readonly interface: ModuleInterface;
  readonly submodules: readonly { readonly name: string; readonly interface: ModuleInterface }[];
  /** Each with the text of its main.tf. */
  readonly examples: readonly { readonly name: string; readonly text: string }[];
  /** The commit that it was built from; null where it was built outside of a repository. */
  readonly source: { readonly repository: string | null; readonly commit: string } | null;
  readonly verification: Verification;
}

/** What was found of the examples of a version now. */
export const verificationOf = (
  examples: readonly ExampleVerdict[],
  { terraform, settings }: Judging,
): Verification => ({
  time: new Date().toISOString(),
  tlsgate,
  terraform: terraform.version,
  policyDigest: policyDigest(settings),
  result: examples.every(({ verdict }) => verdict === "pass") ? "PASSED" : "FAILED",
  examples,
});

/** Differs for each set of policies and settings. */
function policyDigest({ selection }: Settings): string {
  const { policies, adapters: _, ...settings } = selection;
  const judged = { tlsgate, policies: policies.map(({ id }) => id).sort(), ...settings };
  return sha256Of(Buffer.from(JSON.stringify(judged)));
}

/** Reads a document. Throws an InputError where it is none. */
export function parseModuleDocument(text: string, path: string): ModuleDocument {
  try {
    const document = JSON.parse(text) as ModuleDocument;
    if (document.format === 1 && typeof document.address === "string" && typeof document.sha256 === "string") {
      return document;
    }
  } catch {
    // Falls through to the same error.
  }
  throw new InputError(`${path} was not written by this version of tlsgate modules build.`, "tlsgate modules build");
}

/** The first paragraph below the title. */
export function descriptionIn(readme: string): string {
  const paragraph = readme
    .replace(/<!--[\s\S]*?-->/g, "")
    .split(/\r?\n\s*\r?\n/)
    .map((text) => text.trim())
    .find((text) => text !== "" && !/^(?:#|```|\||\[!\[|!\[|<)/.test(text));
  const sentence = /^.*?[.!?](?=\s|$)/s.exec(paragraph ?? "")?.[0] ?? paragraph ?? "";
  return sentence.replace(/\s+/g, " ");
}
