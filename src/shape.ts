// Checks what comes from outside as a value: what it must look like, and where it does not.

/** Where a value is not what it must be: "" for the value itself, ".line" in it; undefined where it is right. */
export type Shape = (value: unknown) => string | undefined;

/** What meets a test. */
export const is =
  (test: (value: unknown) => boolean): Shape =>
  (value) =>
    test(value) ? undefined : "";

export const text = is((value) => typeof value === "string");
export const flag = is((value) => typeof value === "boolean");
export const count = is((value) => Number.isInteger(value) && (value as number) >= 0);
export const scalar = is((value) => ["string", "number", "boolean"].includes(typeof value));
/** One of these values. */
export const oneOf = (...allowed: readonly (string | number | boolean)[]): Shape =>
  is((value) => allowed.some((one) => one === value));

/** The same, or nothing. */
export const optional =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || value === null ? undefined : shape(value);

/** What has one of these shapes. */
export const anyOf =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value) === undefined) ? undefined : "";

/** A list of what has this shape. */
export const listOf =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) ? firstWrong(value.map((one, index) => [index, one, shape])) : "";

/** An object with these fields; others may be there. */
export const object =
  (fields: { readonly [name: string]: Shape }): Shape =>
  (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? firstWrong(
          Object.entries(fields).map(([name, shape]) => [name, (value as Record<string, unknown>)[name], shape]),
        )
      : "";

function firstWrong(
  parts: readonly (readonly [name: string | number, value: unknown, shape: Shape])[],
): string | undefined {
  for (const [name, value, shape] of parts) {
    const wrong = shape(value);
    if (wrong !== undefined) return `.${name}${wrong}`;
  }
  return undefined;
}

/** The path of the first thing that is wrong, "plans.0.findings.2.severity"; "" for the whole, undefined for nothing. */
export const wrongIn = (value: unknown, shape: Shape): string | undefined => shape(value)?.replace(/^\./, "");
