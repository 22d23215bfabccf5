import {getCurrentUser, Settings} from "attio/server"
import {DeskError, deskOfUser, type Ticket} from "../../../desk/api"
import settings from "../../settings/schema"

type Opened = {ticket: Ticket} | {problem: string}

export default async function open(ticket: {
  email: string
  subject: string
  queue: string
  fields: Record<string, string>
}): Promise<Opened> {
  const ask = deskOfUser()
  const follower = (await Settings.getSettings(settings, "copy_me")) ? getCurrentUser()?.id : undefined
  try {
    return {ticket: await ask<Ticket>("POST", "/tickets", {...ticket, follower})}
  } catch (error) {
    if (error instanceof DeskError && error.status === 422) return {problem: error.message}
    throw error
  }
}
