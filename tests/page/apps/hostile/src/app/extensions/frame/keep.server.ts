import {kv} from "attio/server"

export default async function keep(name: string, value: unknown, heard: number): Promise<void> {
  await kv.set(name, {value: value as string, heard})
}
