import {Badge, confirm, DialogList, useAsyncCache} from "attio/client"
import close from "./close.server"
import tickets from "./tickets.server"

export function TicketList({email, changed}: {email: string; changed: () => void}) {
  const {values, invalidate} = useAsyncCache({tickets: [tickets, email]})
  return (
    <DialogList emptyState={{text: "There are no tickets"}}>
      {values.tickets.map((ticket) => (
        <DialogList.Item
          key={ticket.id}
          icon="Note"
          actionLabel="Close"
          onTrigger={async () => {
            if (ticket.status === "closed" || !(await confirm({title: "Close all open tickets?"}))) return
            await close([email])
            invalidate("tickets")
            changed()
          }}
          suffix={<Badge color={ticket.status === "open" ? "green" : "grey"}>{ticket.status}</Badge>}
        >
          {ticket.subject}
        </DialogList.Item>
      ))}
    </DialogList>
  )
}
