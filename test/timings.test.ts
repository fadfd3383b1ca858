// How long a run took, in words.

import { expect, test } from "vitest";
import { stopwatch } from "../src/timings.ts";

test("a lap is the time since the one before, of its plan or of the whole; the total is since the start", () => {
  const moments = [40, 42.5, 50, 51.25, 61, 70, 80];
  const { lap, told } = stopwatch(() => moments.shift() ?? Number.NaN);
  lap("settings");
  lap("read", "a.json");
  lap("evaluate", "a.json");
  lap("read", "b\n\u001b[31m.json");
  lap("report");
  expect(told()).toBe(
    [
      "timings: a.json: read 7.5 ms, evaluate 1.3 ms",
      "timings: b \\u001b[31m.json: read 9.8 ms",
      "timings: start 40.0 ms, settings 2.5 ms, report 9.0 ms",
      "timings: total 80.0 ms\n",
    ].join("\n"),
  );
});
