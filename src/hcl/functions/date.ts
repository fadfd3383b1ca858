// Terraform's functions of dates; what time it is, is unknown.

import { failure, number, string, unknown, type Value } from "../value.ts";
import { define, type FunctionTable, textOf } from "./definition.ts";

interface Time {
  /** Nanoseconds since 1970, UTC. */
  readonly nanoseconds: bigint;
  /** Minutes east of Greenwich. */
  readonly offset: number;
}

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9})\d*)?(Z|([+-])(\d{2}):(\d{2}))$/;

function parseTime(text: string): Time | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const [, , , , , , , fraction = "", zone, sign, hours, minutes] = match;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  date.setUTCFullYear(year, month - 1, day);
  const isValid =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isValid) return undefined;
  const offset = zone === "Z" ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const nanoseconds = BigInt(date.getTime()) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
  return { nanoseconds: nanoseconds - BigInt(offset) * 60_000_000_000n, offset };
}

const units: { readonly [unit: string]: bigint } = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Go's durations: `1h30m`, `-1.5h`. */
function parseDuration(text: string): bigint | undefined {
  const sign = text.startsWith("-") ? -1n : 1n;
  const body = /^[+-]/.test(text) ? text.slice(1) : text;
  if (body === "0") return 0n;
  if (body.length > 64) return undefined;
  const parts = [...body.matchAll(/(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== body) return undefined;
  let sum = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of parts) {
    if (whole === "" && fraction === "") return undefined;
    const scale = units[unit] ?? 0n;
    sum += BigInt(whole || "0") * scale + (BigInt(fraction || "0") * scale) / 10n ** BigInt(fraction.length);
  }
  return sign * sum;
}

const pad = (value: number, length = 2): string => `${value}`.padStart(length, "0");

function zoneOf(offset: number, separator: string): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}${separator}${pad(minutes % 60)}`;
}

/** The date and time of day at the time's own offset. */
function localDate({ nanoseconds, offset }: Time): Date {
  const seconds = nanoseconds / 1_000_000_000n - (nanoseconds < 0n && nanoseconds % 1_000_000_000n !== 0n ? 1n : 0n);
  return new Date((Number(seconds) + offset * 60) * 1000);
}

/** To the second: so does Terraform write the result of timeadd. */
const formatTime = (time: Time): string =>
  `${localDate(time).toISOString().slice(0, 19)}${time.offset === 0 ? "Z" : zoneOf(time.offset, ":")}`;

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** What a run of one letter stands for; undefined for one that means nothing. */
function field(token: string, time: Time): string | undefined {
  const date = localDate(time);
  const [day, month, hour] = [days[date.getUTCDay()] ?? "", months[date.getUTCMonth()] ?? "", date.getUTCHours()];
  const fields: { readonly [token: string]: string } = {
    YYYY: pad(date.getUTCFullYear(), 4),
    YY: pad(date.getUTCFullYear() % 100),
    MMMM: month,
    MMM: month.slice(0, 3),
    MM: pad(date.getUTCMonth() + 1),
    M: `${date.getUTCMonth() + 1}`,
    DD: pad(date.getUTCDate()),
    D: `${date.getUTCDate()}`,
    EEEE: day,
    EEE: day.slice(0, 3),
    hh: pad(hour),
    h: `${hour}`,
    HH: pad(hour % 12 || 12),
    H: `${hour % 12 || 12}`,
    AA: hour < 12 ? "AM" : "PM",
    aa: hour < 12 ? "am" : "pm",
    mm: pad(date.getUTCMinutes()),
    m: `${date.getUTCMinutes()}`,
    ss: pad(date.getUTCSeconds()),
    s: `${date.getUTCSeconds()}`,
    ZZZZZ: zoneOf(time.offset, ":"),
    ZZZZ: zoneOf(time.offset, ""),
    ZZZ: time.offset === 0 ? "UTC" : zoneOf(time.offset, ""),
    Z: time.offset === 0 ? "Z" : zoneOf(time.offset, ":"),
  };
  return fields[token];
}

function formatDate([format, value]: readonly Value[]): Value {
  const time = parseTime(textOf(value));
  if (!time) return failure("the text is no timestamp");
  let result = "";
  for (const [token] of textOf(format).matchAll(/''|'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
    if (token === "'") return failure("a quoted part has no end");
    if (token === "''") result += "'";
    else if (token.startsWith("'")) result += token.slice(1, -1).replaceAll("''", "'");
    else if (/^[A-Za-z]/.test(token)) {
      const text = field(token, time);
      if (text === undefined) return failure("a part of the format is unknown");
      result += text;
    } else result += token;
  }
  return string(result);
}

export const dateFunctions: FunctionTable = {
  formatdate: define(["string", "string"], formatDate, { returns: "string" }),
  plantimestamp: define([], (_, { timestamp }) =>
    timestamp === undefined ? unknown({ kind: "function", name: "plantimestamp" }) : string(timestamp),
  ),
  timeadd: define(
    ["string", "string"],
    ([value, duration]) => {
      const time = parseTime(textOf(value));
      const added = parseDuration(textOf(duration));
      if (!time || added === undefined) return failure("timeadd needs a timestamp and a duration");
      return string(formatTime({ ...time, nanoseconds: time.nanoseconds + added }));
    },
    { returns: "string" },
  ),
  timecmp: define(
    ["string", "string"],
    ([one, other]) => {
      const [first, second] = [parseTime(textOf(one)), parseTime(textOf(other))];
      if (!first || !second) return failure("timecmp needs timestamps");
      return number(first.nanoseconds < second.nanoseconds ? -1 : first.nanoseconds > second.nanoseconds ? 1 : 0);
    },
    { returns: "number" },
  ),
};
