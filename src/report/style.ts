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

export const colored: Style = {
  bold: paint(1, 22),
  dim: paint(2, 22),
  red: paint(31, 39),
  yellow: paint(33, 39),
  green: paint(32, 39),
  cyan: paint(36, 39),
};

export const same: Paint = (text) => text;

export const plain: Style = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };
