import {desk, type Queue} from "../../../desk/api"

export default async function queues(search: string): Promise<Queue[]> {
  const {queues}: {queues: Queue[]} = await desk()("GET", `/queues?q=${encodeURIComponent(search)}`)
  return queues
}
