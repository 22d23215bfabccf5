import {createWebhookHandler} from "attio/server"

export default async function connectionAdded() {
  await createWebhookHandler({fileName: "paid"})
}
