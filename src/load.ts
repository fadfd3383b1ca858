// Loads a module only when it is needed, so that the start-up path stays light.
import { createRequire } from "node:module";

export const load = createRequire(import.meta.url);
