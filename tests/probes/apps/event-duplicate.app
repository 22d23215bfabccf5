-- about same event in both roots
-- app standard
-- file src/app/.keep
-- file src/app/events/connection-added.event.ts
import type {Connection} from "attio/server"
export default async function onEvent({connection}: {connection: Connection}) {
    console.log(connection.id)
}
-- file src/events/connection-added.event.ts
import type {Connection} from "attio/server"
export default async function onEvent({connection}: {connection: Connection}) {
    console.log(connection.id)
}
-- official refuses
files .attio/env.d.ts
