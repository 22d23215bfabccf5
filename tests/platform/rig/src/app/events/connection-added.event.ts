// The value of the connection says what is to happen.
import type {Connection} from "attio/server"

export default async function connectionAdded({connection}: {connection: Connection}) {
  const {value} = connection
  if (value.startsWith("throw ")) throw new Error(value.slice("throw ".length))
  if (value === "text") throw "only a text"
  await fetch(`https://third.example/added/${connection.ownedBy.type}`)
}
