// A planned value: known, sensitive, absent, or unknown with its cause.

/** The plan shows the value. */
export interface Known<T> {
  readonly state: "known";
  readonly value: T;
}

/** The plan shows the value but marks it as secret: it may be judged, and must never be printed. */
export interface Sensitive<T> {
  readonly state: "sensitive";
  readonly value: T;
}

/** The plan does not tell. `cause` is a phrase for people, e.g. "known after apply, from terraform_data.tls.output". */
export interface Unknown {
  readonly state: "unknown";
  readonly cause: string;
}

/** The author wrote nothing (or null, or an empty list): the provider's documented default applies. */
export interface Absent {
  readonly state: "absent";
}

/** A value as it stands in a plan. */
export type Value<T = unknown> = Known<T> | Sensitive<T> | Unknown | Absent;

/** A value for which a default, if there is one, has been decided. */
export type Decided<T = unknown> = Known<T> | Sensitive<T> | Unknown;

export const absent: Absent = { state: "absent" };

/** A value that the plan shows. */
export const known = <T>(value: T): Known<T> => ({ state: "known", value });

/** A value that the plan shows and marks as secret. */
export const sensitive = <T>(value: T): Sensitive<T> => ({ state: "sensitive", value });

/** A value that the plan does not tell, and why: a phrase for people. */
export const unknown = (cause: string): Unknown => ({ state: "unknown", cause });

/** Whether there is a value to judge: known, or sensitive. */
export const isShown = <T>(value: Value<T>): value is Known<T> | Sensitive<T> =>
  value.state === "known" || value.state === "sensitive";
