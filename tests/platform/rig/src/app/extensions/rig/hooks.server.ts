import * as attio from "attio/server"

export default async function hooks(op: string, ...args: string[]) {
  switch (op) {
    case "create":
      return attio.createWebhookHandler({fileName: args[0]! as never})
    case "list":
      return attio.listWebhookHandlers()
    case "get":
      return attio.getWebhookHandler(args[0]!)
    case "update":
      return attio.updateWebhookHandler(args[0]!, {externalWebhookId: args[1]!})
    default:
      return attio.deleteWebhookHandler(args[0]!)
  }
}
