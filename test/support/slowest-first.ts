// The order of the test files: what deploys takes minutes, most of them spent waiting, and so it begins first.

import { BaseSequencer, type TestSpecification } from "vitest/node";

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ project }: TestSpecification) => project.name === "deploy";
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
