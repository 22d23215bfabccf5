-- about page folder name not a slug
-- app standard
-- file "src/app/pages/My Page/page.tsx"
import {Extensions} from "attio/client"
export default Extensions.experimental_definePage({name: "P", Page: () => <></>})
-- official refuses
files .attio/env.d.ts
