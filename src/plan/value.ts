// A planned value: known, absent, or unknown with its kind and cause.

import { type Cause, kindOf, type UnknownKind } from "../cause.ts";

/** The plan shows the value. */
export interface Known<T> {
  readonly state: "known";
  readonly value: T;
  /** The plan marks it as secret: it is judged like any other, and never printed (see DisplayText). */
  readonly sensitive?: true | undefined;
}

/** It can't be determined from the plan. */
export interface Unknown {
  readonly state: "unknown";
  readonly kind: UnknownKind;
  readonly cause: Cause;
}

/** The author wrote nothing (or null, or an empty list): the provider's documented default applies. */
export interface Absent {
  readonly state: "absent";
}

/** A value as it stands in a plan. */
export type Value<T = unknown> = Known<T> | Unknown | Absent;

/** A value for which a default, if there is one, has been decided. */
export type Decided<T = unknown> = Known<T> | Unknown;

export const absent: Absent = { state: "absent" };

/** A value that the plan shows. `isSensitive`: and marks as secret. */
export const known = <T>(value: T, isSensitive = false): Known<T> =>
  isSensitive ? { state: "known", value, sensitive: true } : { state: "known", value };

/** A value that can't be determined from the plan, and why. */
export const unknown = (cause: Cause, kind = kindOf(cause)): Unknown => ({ state: "unknown", kind, cause });

/** Whether there is a value to judge. */
export const isShown = <T>(value: Value<T>): value is Known<T> => value.state === "known";

/** Whether there is a value that must not be printed. */
export const isSensitive = (value: Value): boolean => value.state === "known" && value.sensitive === true;
