-- about an aliased import in a configurator is not followed
-- app standard
-- file src/app/blocks/my-block/block.ts
import {Workflows} from "attio"

export default Workflows.defineWorkflowBlock({
    type: "step",
    id: "my-block",
    title: "T",
    description: "D",
    configSchema: Workflows.ConfigSchema.struct({name: Workflows.ConfigSchema.string()}),
})
-- file src/app/blocks/my-block/configurator.tsx
import {Workflows} from "attio/client"
import {more} from "@/lib/more"
import block from "./block"

export default Workflows.defineConfigurator(block, (b) => {
    console.log(more)
    const {TextInput} = Workflows.useConfigurator(b.configSchema)
    return <TextInput name="name" label="Name" />
})
-- file src/app/blocks/my-block/execute.ts
import {Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockExecute(block, async ({config}) => {
    console.log(config.name)
    return {type: "exit"}
})
-- file src/lib/more.ts
import x from "./x.server"
export const more = x
-- file src/lib/x.server.ts
export default async function hello(name: string) {
    return `hello ${name}`
}
-- file tsconfig.json
{
  "compilerOptions": {
    "paths": {"@/*": ["./src/*"]},
    "allowJs": false,
    "allowSyntheticDefaultImports": true,
    "allowUmdGlobalAccess": false,
    "allowUnreachableCode": false,
    "allowUnusedLabels": false,
    "alwaysStrict": true,
    "composite": true,
    "declaration": true,
    "declarationMap": true,
    "emitDecoratorMetadata": true,
    "esModuleInterop": true,
    "experimentalDecorators": true,
    "forceConsistentCasingInFileNames": true,
    "jsx": "react-jsx",
    "lib": ["ES2020", "DOM", "DOM.Iterable"],
    "module": "ES6",
    "moduleResolution": "bundler",
    "noFallthroughCasesInSwitch": true,
    "noImplicitAny": true,
    "noImplicitReturns": true,
    "noImplicitThis": true,
    "noUnusedLocals": true,
    "noUnusedParameters": false,
    "outDir": "lib",
    "removeComments": true,
    "resolveJsonModule": true,
    "rootDir": "src",
    "skipLibCheck": true,
    "sourceMap": true,
    "strict": true,
    "strictBindCallApply": true,
    "strictFunctionTypes": true,
    "strictNullChecks": true,
    "strictPropertyInitialization": true,
    "target": "ES2019",
    "types": ["attio/client"]
  },
  "exclude": ["node_modules"],
  "include": ["src", ".attio/**/*"]
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js dist/workflow/my-block.js
index.js {"surfaces":{"workflow-block":[{"block":{"Configurator":"[function]","configSchema":"[function]","description":"D","execute":"[async function]","id":"my-block","schema":"<schema of my-block>","title":"T","type":"step"},"id":"my-block","type":"step"}]},"calls":["lib/x.server"]}
server.js {"modules":{"lib/x.server":"[async function]"}}
workflow/my-block.js {"workflow":{"my-block":{"schema":"<schema of my-block>","execute":"[async function]"}}}
