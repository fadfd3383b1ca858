// Types that are not judged of which resources can be for another protocol than TCP.

import { isShown } from "../facts/fact.ts";
import type { NotJudgedType } from "../facts/not-judged.ts";

/** HTTPS needs TCP; HTTP/3 does too, because an answer over TCP announces it. */
const others = ["ah", "esp", "icmp", "icmpv6", "quic", "sctp", "udp"];

/** What may serve HTTPS unless its protocol is another than TCP. */
export const overTcp = (what: string, attribute = "protocol"): NotJudgedType => ({
  what,
  kindOf(resource) {
    const protocol = resource.value(attribute);
    return isShown(protocol) && others.includes(String(protocol.value).toLowerCase()) ? undefined : what;
  },
});
