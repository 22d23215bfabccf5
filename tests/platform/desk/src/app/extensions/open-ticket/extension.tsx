import {alert, Extensions, runQuery, showDialog} from "attio/client"
import getPerson from "../../../queries/person.graphql"
import {TicketDialog} from "./dialog"

export default Extensions.defineExtension({
  type: "record-action",
  id: "open-ticket",
  label: "Open ticket",
  objects: "people",
  onTrigger: async ({recordId}) => {
    const {person} = await runQuery(getPerson, {id: recordId})
    const email = person?.email_addresses[0]
    if (!email) {
      await alert({title: "No e-mail address", text: "The desk knows people by their e-mail address."})
      return
    }
    await showDialog({
      title: `Ticket for ${person?.name?.full_name ?? email}`,
      Dialog: ({hideDialog}) => <TicketDialog email={email} hideDialog={hideDialog} />,
    })
  },
})
