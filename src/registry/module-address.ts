// The address of a module in a registry, and its versions.
// https://developer.hashicorp.com/terraform/internals/module-registry-protocol

import { rcompare, valid } from "semver";
import { InputError } from "../input-error.ts";

export interface ModuleAddress {
  readonly namespace: string;
  readonly name: string;
  /** The system that the module is for: mostly the name of its provider. */
  readonly system: string;
}

const namePattern = /^[0-9A-Za-z](?:[0-9A-Za-z_-]{0,62}[0-9A-Za-z])?$/;
const systemPattern = /^[0-9a-z]{1,64}$/;

/** "NAMESPACE/NAME/SYSTEM". Throws an InputError for anything else. */
export function parseModuleAddress(text: string): ModuleAddress {
  const [namespace = "", name = "", system = "", ...rest] = text.split("/");
  const isValid =
    namePattern.test(namespace) && namePattern.test(name) && systemPattern.test(system) && rest.length === 0;
  if (isValid) return { namespace, name, system };
  throw new InputError(
    `${JSON.stringify(text)} is not the address of a module.`,
    "NAMESPACE/NAME/SYSTEM in letters, digits, - and _, such as example/website/aws",
  );
}

export const addressText = ({ namespace, name, system }: ModuleAddress): string => `${namespace}/${name}/${system}`;

/** A version as the registry protocol has it: SemVer without "v". Throws an InputError for anything else. */
export function parseVersion(text: string): string {
  const version = text.startsWith("v") ? text.slice(1) : text;
  if (valid(version) === version) return version;
  throw new InputError(`${JSON.stringify(text)} is not a version.`, "a version such as 1.2.3 or 1.3.0-rc.1");
}

/** The newest first. */
export const newestFirst = <T extends { readonly version: string }>(versions: readonly T[]): T[] =>
  [...versions].sort((one, other) => rcompare(one.version, other.version));
