// The version of this package, as the build writes it in.

declare const TLSGATE_VERSION: string | undefined;

export const version: string = typeof TLSGATE_VERSION === "string" ? TLSGATE_VERSION : "0.0.0-development";
