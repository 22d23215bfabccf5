import {type Connection, deleteWebhookHandler, kv, listWebhookHandlers} from "attio/server"
import {desk, DeskError} from "../../desk/api"

export default async function connectionRemoved({connection}: {connection: Connection}) {
  if (connection.ownedBy.type === "user") return
  const ask = desk(connection)
  const handlers = await listWebhookHandlers()
  await Promise.all(
    handlers.map(async (handler) => {
      try {
        await ask("DELETE", `/hooks/${handler.externalWebhookId}`)
      } catch (error) {
        if (!(error instanceof DeskError && error.status === 404)) throw error
      }
      await deleteWebhookHandler(handler.id)
    }),
  )
  await kv.delete("secret")
}
