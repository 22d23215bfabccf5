// Called by ALC some time later, when its agent is done with a lead.
import {updatePerson} from "../../shared/attio-api"

export default async function leadProcessed(request: Request): Promise<Response> {
  const body = await request.json().catch(() => null)
  const recordId: unknown = body?.record_id
  const status: unknown = body?.status

  if (typeof recordId !== "string" || !recordId || typeof status !== "string" || !status) {
    return new Response("record_id and status are needed", {status: 400})
  }

  await updatePerson(recordId, {alc_status: status})

  return new Response(null, {status: 200})
}
