// The support desk's API. An answer that is no success is an error with the desk's own words.
import {type Connection, getUserConnection, getWorkspaceConnection} from "attio/server"

const base = "https://api.desk.example/v1"

export class DeskError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
    this.name = "DeskError"
  }
}

async function ask<T>(value: string, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(new URL(`${base}${path}`), {
    method,
    headers: new Headers({Authorization: `Bearer ${value}`, "Content-Type": "application/json"}),
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  const answer = text === "" ? null : JSON.parse(text)
  if (!response.ok) throw new DeskError(response.status, answer?.error ?? `the desk answers ${response.status}`)
  return answer
}

export function desk(connection: Connection = getWorkspaceConnection()) {
  return <T>(method: string, path: string, body?: unknown) => ask<T>(connection.value, method, path, body)
}

// In the name of the person who clicks.
export const deskOfUser = () => desk(getUserConnection())

export type Ticket = {id: string; subject: string; status: "open" | "closed"; email: string; queue: string}
export type Queue = {id: string; name: string; fields: string[]}
