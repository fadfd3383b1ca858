// Terraform's functions of types: conversions and sensitivity.

import { convert } from "../convert.ts";
import type { Type } from "../type.ts";
import { bool, computed, nothing, type Value } from "../value.ts";
import { define, type FunctionTable } from "./definition.ts";

const conversion = (type: Type) =>
  define(["any"], ([value = nothing]) => convert(value, type), { acceptsNull: true, acceptsUnknown: true });

export const typeFunctions: FunctionTable = {
  tobool: conversion("bool"),
  tolist: conversion({ list: "any" }),
  tomap: conversion({ map: "any" }),
  tonumber: conversion("number"),
  toset: conversion({ set: "any" }),
  tostring: conversion("string"),
  sensitive: define(["any"], ([value = nothing]) => ({ ...value, sensitive: true }) as Value, {
    acceptsNull: true,
    acceptsUnknown: true,
  }),
  issensitive: define(
    ["any"],
    // An unknown value may become one that is sensitive.
    ([value = nothing]) =>
      value.sensitive ? bool(true) : value.kind === "unknown" ? computed("issensitive", [value]) : bool(false),
    { acceptsNull: true, acceptsUnknown: true },
  ),
  ephemeralasnull: define(["any"], ([value = nothing]) => value, { acceptsNull: true, acceptsUnknown: true }),
};

/** `nonsensitive`: without the mark on the value itself; marks inside of it stay. */
export function withoutSensitivity(value: Value): Value {
  const { sensitive: _, ...rest } = value;
  return rest as Value;
}
