// Whether HTTPS is answered beside plain HTTP: by another listener of the same load balancer, gateway or proxy.

import { because } from "../cause.ts";
import { covers } from "./domain-name.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Fact, isSensitive, isShown, known, type Stand, unknown } from "./fact.ts";

/** A listener of the same load balancer. */
export interface Neighbour {
  /** "https" and "tls" answer HTTPS. */
  readonly protocol: Fact<string>;
  /** Host names that it is for; none where it takes all of them. */
  readonly names?: readonly Fact<string>[] | undefined;
}

const speaksTls = ({ protocol }: Neighbour): boolean =>
  isShown(protocol) && (protocol.value === "https" || protocol.value === "tls");

/** `names`: those that plain HTTP is answered under; none where it is any. */
export function httpsBeside(
  neighbours: readonly Neighbour[],
  stand: Stand,
  names: readonly Fact<string>[] = [],
): Fact<boolean> {
  const encrypted = neighbours.filter(speaksTls);
  const open = neighbours.find(({ protocol }) => protocol.state === "unknown")?.protocol;
  const isSecret = encrypted.some(({ protocol }) => isSensitive(protocol));
  if (encrypted.length > 0 && (names.length === 0 || encrypted.some((one) => !one.names?.length))) {
    return { ...known(true, isSecret), ...stand };
  }
  const covering = encrypted.flatMap((one) => one.names ?? []);
  const isCovered = (name: Fact<string>) =>
    isShown(name) && covering.some((one) => isShown(one) && covers(one.value, name.value));
  if (encrypted.length > 0 && names.every(isCovered)) return { ...known(true, isSecret), ...stand };
  const hidden = open ?? (encrypted.length > 0 ? [...names, ...covering].find((one) => !isShown(one)) : undefined);
  if (hidden?.state === "unknown") return { ...unknown(hidden.cause, hidden.kind), ...stand };
  return { ...known(false), ...stand };
}

/** No HTTPS is answered at all. */
export const noHttps = (stand: Stand): Fact<boolean> => ({ ...known(false), ...stand });

/** Why it is not known what another configuration puts beside it. */
export const neighboursElsewhere = because`an HTTPS listener of the same load balancer may be defined outside this plan`;

/**
 * Whether HTTPS is answered where plain HTTP is served. Nothing where plain HTTP is only redirected or refused: no client
 * connects there.
 */
export function httpsAnswered({
  httpsBeside,
  routes,
}: Pick<Endpoint, "httpsBeside" | "routes">): Fact<boolean> | undefined {
  const treatments = routes.flatMap(({ plainHttp }) => plainHttp ?? []);
  if (!httpsBeside || treatments.some((one) => isShown(one) && one.value === "served")) return httpsBeside;
  const open = treatments.find((one): one is Fact<never> => one.state === "unknown");
  // Without HTTPS it depends on whether anything is served.
  return open && isShown(httpsBeside) && !httpsBeside.value ? open : open && httpsBeside;
}
