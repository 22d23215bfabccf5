-- about 300 KB of data in a server file: no size limit locally
-- app standard
-- file src/app/.keep
-- file src/big.server.ts repeat=300000
const data = "{REPEAT}"
export default async function big() {
    return data.length
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {"modules":{"big.server":"[async function]"}}
