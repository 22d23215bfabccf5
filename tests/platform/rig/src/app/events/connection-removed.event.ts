import type {Connection} from "attio/server"

export default async function connectionRemoved({connection}: {connection: Connection}) {
  if (connection.value === "stays") throw new Error("not yet")
  await fetch(`https://third.example/removed/${connection.ownedBy.type}`)
}
