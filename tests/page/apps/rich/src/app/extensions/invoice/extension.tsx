// Only of companies: elsewhere it is shown greyed.
import {Extensions, showToast} from "attio/client"

export default Extensions.defineExtension({
  type: "record-action",
  id: "invoice",
  label: "Send an invoice",
  objects: "companies",
  onTrigger: async () => {
    await showToast({title: "Invoice sent", variant: "success"})
  },
})
