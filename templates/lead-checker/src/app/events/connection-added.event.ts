// Runs when a workspace has connected its ALC account: tells ALC where our webhook is.
import {type Connection, createWebhookHandler, updateWebhookHandler} from "attio/server"
import {alcFetch} from "../../shared/alc-api"

export default async function connectionAdded({
  connection,
}: {
  connection: Connection
}): Promise<void> {
  // The name of the file in src/app/webhooks, without ".webhook.ts".
  const handler = await createWebhookHandler({fileName: "lead-processed"})

  const webhook: {webhook_id: string} = await alcFetch(connection, "POST", "webhooks", {
    name: handler.id,
    url: handler.url,
    event: "lead.processed",
  })

  // ALC's own id of the webhook is needed again to remove it.
  await updateWebhookHandler(handler.id, {externalWebhookId: webhook.webhook_id})
}
