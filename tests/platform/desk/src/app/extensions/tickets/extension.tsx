// The widget: how many tickets are open; clicked, which ones.
import {Badge, Extensions, showDialog, useAsyncCache, useQuery, Widget} from "attio/client"
import {Suspense} from "react"
import getPerson from "../../../queries/person.graphql"
import {TicketList} from "./list"
import tickets from "./tickets.server"

function Tickets({recordId}: {recordId: string}) {
  const {person} = useQuery(getPerson, {id: recordId})
  const email = person?.email_addresses[0] ?? ""
  const {values, invalidate} = useAsyncCache({tickets: [tickets, email]})
  const open = values.tickets.filter(({status}) => status === "open")
  return (
    <Widget.TextWidget
      onTrigger={async () => {
        await showDialog({
          title: "Tickets",
          Dialog: () => <TicketList email={email} changed={() => invalidate("tickets")} />,
        })
      }}
    >
      <Widget.Title>Desk</Widget.Title>
      <Widget.Text.Primary>{`${open.length} open`}</Widget.Text.Primary>
      <Widget.Text.Secondary>{open[0]?.subject ?? "All is done"}</Widget.Text.Secondary>
      {values.tickets.length > open.length ? (
        <Widget.Decoration>
          <Badge color="grey">{`${values.tickets.length - open.length} closed`}</Badge>
        </Widget.Decoration>
      ) : null}
    </Widget.TextWidget>
  )
}

export default Extensions.defineExtension({
  type: "record-widget",
  id: "tickets",
  label: "Tickets",
  color: "#0f766e",
  objects: ["people"],
  Widget: ({recordId}) => (
    <Suspense fallback={<Widget.Loading />}>
      <Tickets recordId={recordId} />
    </Suspense>
  ),
})
