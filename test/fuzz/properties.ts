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

export const properties: readonly WeightedProperty[] = [
  weighted(3, anyMutation),
  weighted(3, unrelatedMutation),
  weighted(2, anyBytes),
  weighted(2, anyArchive),
  weighted(2, anyConfiguration),
  weighted(2, furtherFile),
  weighted(6, anyExpression),
];
