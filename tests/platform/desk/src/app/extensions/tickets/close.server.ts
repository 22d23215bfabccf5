import {desk, type Ticket} from "../../../desk/api"

export default async function close(emails: string[]): Promise<{closed: number}> {
  const ask = desk()
  let closed = 0
  for (const email of emails) {
    const {tickets}: {tickets: Ticket[]} = await ask("GET", `/tickets?email=${encodeURIComponent(email)}`)
    for (const ticket of tickets.filter(({status}) => status === "open")) {
      await ask("PATCH", `/tickets/${ticket.id}`, {status: "closed"})
      closed++
    }
  }
  return {closed}
}
