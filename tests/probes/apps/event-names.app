-- about event names are not checked; nesting gives ids with slashes
-- app standard
-- file src/app/.keep
-- file src/app/events/connection-removed.event.ts
import type {Connection} from "attio/server"
export default async function onEvent({connection}: {connection: Connection}) {
    console.log(connection.id)
}
-- file src/app/events/sub/connection-added.event.ts
import type {Connection} from "attio/server"
export default async function onEvent({connection}: {connection: Connection}) {
    console.log(connection.id)
}
-- file src/events/connection-added.event.ts
import type {Connection} from "attio/server"
export default async function onEvent({connection}: {connection: Connection}) {
    console.log(connection.id)
}
-- file src/events/made-up-name.event.ts
import type {Connection} from "attio/server"
export default async function onEvent({connection}: {connection: Connection}) {
    console.log(connection.id)
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {"events":{"connection-added":"[async function]","connection-removed":"[async function]","made-up-name":"[async function]","sub/connection-added":"[async function]"}}
