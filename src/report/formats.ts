// The names of the formats that a report can have.

/** Beside "pretty" and "json": those that are loaded when they are asked for. */
export const others = [
  "sarif",
  "junit",
  "github",
  "markdown",
  "gitlab",
  "azure",
  "atlantis",
  "ndjson",
  "html",
] as const;

export const formats = ["pretty", "json", ...others] as const;

export type Format = (typeof formats)[number];
