// Runs when a workspace takes its ALC connection away: undoes what connection-added did.
import {type Connection, deleteWebhookHandler, listWebhookHandlers} from "attio/server"
import {alcFetch} from "../../shared/alc-api"

export default async function connectionRemoved({
  connection,
}: {
  connection: Connection
}): Promise<void> {
  try {
    const handlers = await listWebhookHandlers()

    for (const handler of handlers) {
      if (handler.externalWebhookId) {
        const id = encodeURIComponent(handler.externalWebhookId)
        await alcFetch(connection, "DELETE", `webhooks/${id}`)
      }
    }

    for (const handler of handlers) {
      await deleteWebhookHandler(handler.id)
    }
  } catch (error) {
    // An error thrown here would keep the user from removing the connection.
    console.error("could not remove the webhooks of ALC", error)
  }
}
