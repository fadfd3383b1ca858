// The hop behind an endpoint: whether it is HTTPS, whatever the viewer uses.

import { because } from "../cause.ts";
import type { Endpoint, Upstream } from "./endpoint.ts";
import { all, type Fact, isShown, mapped, unknown } from "./fact.ts";

export const followsViewer = ({ protocol }: Upstream): boolean => isShown(protocol) && protocol.value === "viewer";

/** What goes to the origin depends on the viewer only where the hop follows the viewer's protocol. */
export function isHttps(upstream: Upstream, endpoint: Endpoint): Fact<boolean> {
  const { protocol, routes } = upstream;
  const notHttp = mapped(protocol, (one): boolean => one !== "http");
  if (!followsViewer(upstream)) return notHttp;
  const leading = endpoint.routes.filter(({ path }) => routes.length === 0 || routes.includes(path));
  const untold: Fact<never> = {
    ...unknown(because`the plan does not tell what becomes of plain HTTP`),
    place: protocol.place,
  };
  const treatments = leading.map(({ plainHttp }) => plainHttp ?? untold);
  return all(notHttp, ...treatments.map((one) => mapped(one, (treatment) => treatment !== "served")));
}
