-- about nested page
-- app standard
-- file src/app/pages/a/b/page.tsx
import {Extensions} from "attio/client"
export default Extensions.experimental_definePage({name: "P", Page: () => <></>})
-- official refuses
files .attio/env.d.ts
