// The button. This file runs in Attio's interface, where there is no network: what needs the
// outside world is a call of a server function.
import {alert, Extensions, runQuery, showToast} from "attio/client"
import getPersonPhoneNumbers from "./get-person-phone-numbers.graphql"
import sendToAlc from "./send-to-alc.server"

// Gives undefined when all went well, else what to tell the user.
async function send(recordId: string): Promise<{title: string; text: string} | undefined> {
  try {
    // The type of `person` comes from the query: leave a field out there and this line complains.
    const {person} = await runQuery(getPersonPhoneNumbers, {recordId})
    if (!person) {
      return {title: "This person cannot be loaded", text: "Please try again in a moment."}
    }

    const phoneNumber = person.phone_numbers[0]
    if (!phoneNumber) {
      return {title: "No phone number", text: "Add a phone number to this person, then try again."}
    }

    await sendToAlc(recordId, person.name?.full_name ?? "Unknown", phoneNumber)
    return undefined
  } catch {
    return {title: "This person was not sent to ALC", text: "Please try again in a moment."}
  }
}

export default Extensions.defineExtension({
  type: "record-action",
  id: "send-to-alc",
  label: "Send to ALC",
  objects: "people",
  onTrigger: async ({recordId}) => {
    const {hideToast} = await showToast({title: "Sending to ALC...", variant: "neutral"})
    const problem = await send(recordId)
    await hideToast()

    if (problem) {
      await alert(problem)
    } else {
      await showToast({title: "Sent to ALC", variant: "success"})
    }
  },
})
