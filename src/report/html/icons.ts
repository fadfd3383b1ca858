// The drawings of the report: signs for outcomes, and what stands along the way of a request.

import { trusted } from "./markup.ts";

const symbol = (id: string, content: string): string => `<symbol id="i-${id}" viewBox="0 0 16 16">${content}</symbol>`;

/** Stroked in the colour of the text around them. */
const stroked = (path: string): string =>
  `<path d="${path}" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`;

const filled = (path: string): string => `<path d="${path}" fill="currentColor"/>`;

/** Each is of another shape, so that none is known by its colour alone. */
export const icons = trusted(
  `<svg class="icons" aria-hidden="true">${[
    symbol(
      "fail",
      `<circle cx="8" cy="8" r="7" fill="currentColor"/><path class="cut" d="M5.4 5.4l5.2 5.2m0-5.2l-5.2 5.2"/>`,
    ),
    symbol("advice", `${stroked("M8 1.8L14.6 13.6H1.4z")}${stroked("M8 6.2v3.2m0 2v.1")}`),
    symbol(
      "unknown",
      `<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.4 1.9"/>${stroked("M6.3 6.4c.2-2 3.4-2 3.4 0 0 1.3-1.7 1.3-1.7 2.6m0 2v.1")}`,
    ),
    symbol("waived", `${stroked("M3.5 14.5v-12.5h8.5l-1.8 3 1.8 3H3.5")}`),
    symbol("pass", stroked("M2.8 8.6l3.4 3.4 7-8")),
    symbol("passed", `<circle cx="8" cy="8" r="7" fill="currentColor"/><path class="cut" d="M4.9 8.3l2.2 2.2 4-4.6"/>`),
    symbol("viewer", `${stroked("M2 3h12v8.2H2z")}${stroked("M5.5 14h5M8 11.5v2.3")}`),
    symbol("edge", `${stroked("M8 1.5l5.5 2v4.2c0 3.4-2.3 5.5-5.5 6.8-3.2-1.3-5.5-3.4-5.5-6.8V3.5z")}`),
    symbol("origin", `${stroked("M2.5 2.5h11v4.5h-11zM2.5 9h11v4.5h-11z")}${stroked("M5 4.75h.1M5 11.25h.1")}`),
    symbol("locked", `${filled("M3.5 7.2h9v6.8h-9z")}${stroked("M5.3 7V5.2a2.7 2.7 0 0 1 5.4 0V7")}`),
    symbol("open", `${filled("M3.5 7.2h9v6.8h-9z")}${stroked("M5.3 7V4.6a2.7 2.7 0 0 1 5.2-1")}`),
  ].join("")}</svg>`,
);
