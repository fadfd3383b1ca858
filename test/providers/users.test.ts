// What leads to a resource by an attribute: in which order, alone or among others, and to which resource alone.

import { expect, test } from "vitest";
import type { Resource } from "../../src/plan/view.ts";
import { linkedBy, usersOf } from "../../src/providers/users.ts";
import { resource, viewAfter } from "../support/made.ts";

const listeners = {
  types: ["aws_lb_listener", "aws_alb_listener"],
  attribute: "load_balancer_arn",
  targets: { aws_lb: ["arn", "id"] },
};

const changes = {
  "aws_lb.a": { after: { arn: "one", id: "shared" } },
  "aws_lb.b": { after: { arn: "two", id: "shared" } },
  "aws_alb.a": { after: { arn: "three" } },
  "aws_alb_listener.first": { after: { load_balancer_arn: "one" } },
  "aws_lb_listener.second": { after: { load_balancer_arn: "one" } },
  "aws_lb_listener.third": { after: { load_balancer_arn: "two" } },
  "aws_lb_listener.either": { after: { load_balancer_arn: "shared" } },
  "aws_lb_listener.elsewhere": { after: { load_balancer_arn: "four" } },
  "aws_alb_listener.other": { after: { load_balancer_arn: "three" } },
};

const named = (found: readonly Resource[]) => found.map(({ name }) => name);

test("each has its own, in the order of their types, and those that may be another's", () => {
  const view = viewAfter({ changes });
  expect(named(usersOf(resource(view, "aws_lb.a"), listeners))).toEqual(["second", "either", "first"]);
  expect(named(usersOf(resource(view, "aws_lb.b"), listeners))).toEqual(["third", "either"]);
});

test("other types, another attribute or other targets are asked for apart", () => {
  const view = viewAfter({ changes });
  const [a, b] = ["aws_lb.a", "aws_alb.a"].map((address) => resource(view, address)) as [Resource, Resource];
  expect(usersOf(b, listeners)).toEqual([]);
  expect(named(usersOf(b, { ...listeners, targets: { aws_alb: ["arn"] } }))).toEqual(["other"]);
  expect(named(usersOf(a, { ...listeners, types: ["aws_alb_listener"] }))).toEqual(["first"]);
  expect(usersOf(a, { ...listeners, attribute: "listener_arn" })).toEqual([]);
});

test("another plan has others", () => {
  const { "aws_lb_listener.second": _, ...fewer } = changes;
  const counts = [changes, fewer].map((one) => usersOf(resource(viewAfter({ changes: one }), "aws_lb.a"), listeners));
  expect(counts.map(({ length }) => length)).toEqual([3, 2]);
});

test("one that leads there twice, by a way of its own, is one", () => {
  const a = resource(viewAfter({ changes }), "aws_lb.a");
  const twice: typeof linkedBy = (...step) => [...linkedBy(...step), ...linkedBy(...step)];
  expect(named(usersOf(a, listeners, twice))).toEqual(["second", "either", "first"]);
});
