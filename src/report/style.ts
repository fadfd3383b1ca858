// What a terminal can show: its width, and colour or none.

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly cyan: Paint;
}

export type Paint = (text: string) => string;

export interface Screen {
  readonly style: Style;
  /** In characters. */
  readonly width: number;
}

const paint =
  (on: number, off: number): Paint =>
  (text) =>
    `\u001b[${on}m${text}\u001b[${off}m`;

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
} as const;

/** All that are written. */
export const paintCodes: readonly number[] = [...new Set(Object.values(codes).flat())];

export const colored: Style = {
  bold: paint(...codes.bold),
  dim: paint(...codes.dim),
  red: paint(...codes.red),
  yellow: paint(...codes.yellow),
  green: paint(...codes.green),
  cyan: paint(...codes.cyan),
};

export const same: Paint = (text) => text;

export const plain: Style = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };
