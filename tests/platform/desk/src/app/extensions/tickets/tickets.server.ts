import {desk, type Ticket} from "../../../desk/api"

export default async function tickets(email: string): Promise<Ticket[]> {
  const {tickets}: {tickets: Ticket[]} = await desk()("GET", `/tickets?email=${encodeURIComponent(email)}`)
  return tickets
}
