// Makes the attribute that the app keeps up to date, brings the desk's contacts over, and listens.
import {type Connection, createWebhookHandler, deleteWebhookHandler, kv, updateWebhookHandler} from "attio/server"
import {desk} from "../../desk/api"
import {assertPerson, attio} from "../../desk/attio"

type Contacts = {contacts: Array<{email: string; name: string}>; next: string | null}

export default async function connectionAdded({connection}: {connection: Connection}) {
  if (connection.ownedBy.type === "user") return
  const ask = desk(connection)
  const attributes = await attio<Array<{api_slug: string}>>("GET", "/objects/people/attributes?limit=500")
  if (!attributes.some((one) => one.api_slug === "open_tickets")) {
    await attio("POST", "/objects/people/attributes", {
      data: {
        title: "Open tickets",
        description: null,
        api_slug: "open_tickets",
        type: "number",
        is_required: false,
        is_unique: false,
        is_multiselect: false,
        config: {},
      },
    })
  }
  for (let page: string | null = "1"; page !== null; ) {
    const {contacts, next}: Contacts = await ask("GET", `/contacts?page=${page}`)
    for (const contact of contacts) await assertPerson(contact)
    page = next
  }
  const handler = await createWebhookHandler({fileName: "tickets/changed"})
  try {
    const hook: {id: string; secret: string} = await ask("POST", "/hooks", {url: handler.url, events: ["ticket.*"]})
    await updateWebhookHandler(handler.id, {externalWebhookId: hook.id})
    await kv.set("secret", hook.secret)
  } catch (error) {
    await deleteWebhookHandler(handler.id)
    throw error
  }
}
