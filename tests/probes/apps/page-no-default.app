-- about page without default export
-- app standard
-- file src/app/pages/a/page.tsx
import {Extensions} from "attio/client"
export const p = Extensions.experimental_definePage({name: "P", Page: () => <></>})
-- official refuses
files .attio/env.d.ts
