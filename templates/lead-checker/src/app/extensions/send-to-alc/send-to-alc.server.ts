// A server function: the client imports it like any module, but it runs on Attio's server. So its
// arguments, its result and its errors travel as JSON, and `fetch` works here.
import {getWorkspaceConnection} from "attio/server"
import {alcFetch} from "../../../shared/alc-api"
import {updatePerson} from "../../../shared/attio-api"

export default async function sendToAlc(
  recordId: string,
  name: string,
  phoneNumber: string,
): Promise<{id: string}> {
  const connection = getWorkspaceConnection()
  const lead: {id: string} = await alcFetch(connection, "POST", "leads", {
    recordId,
    name,
    phoneNumber,
  })

  await updatePerson(recordId, {alc_lead_id: lead.id, alc_status: "Pending"})

  return {id: lead.id}
}
