// All properties, each with its share of the cases.

import { anyBytes } from "./bytes.ts";
import { checkProperty, type Failure, type Property } from "./check.ts";
import { anyArchive, anyConfiguration, anyExpression, furtherFile } from "./plan-files.ts";
import { anyMutation, unrelatedMutation } from "./plan-structure.ts";

export interface WeightedProperty {
  readonly name: string;
  readonly weight: number;
  readonly run: (count: number, seed: number) => Failure[];
}

const weighted = <T>(weight: number, property: Property<T>): WeightedProperty => ({
  name: property.name,
  weight,
  run: (count, seed) => checkProperty(property, count, seed),
});

/** The cheapest have the most: an expression takes a hundredth of a plan with its configuration. */
export const properties: readonly WeightedProperty[] = [
  weighted(4, anyMutation),
  weighted(4, unrelatedMutation),
  weighted(4, anyBytes),
  weighted(1, anyArchive),
  weighted(1, anyConfiguration),
  weighted(1, furtherFile),
  weighted(10, anyExpression),
];
