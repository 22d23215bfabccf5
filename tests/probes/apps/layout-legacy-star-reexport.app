-- about app star re-exported from another file
-- app standard
-- file src/app.ts
export * from "./the-app"
-- file src/the-app.ts
import type {App} from "attio"
export const app: App = {}
-- official refuses
files .attio/env.d.ts
