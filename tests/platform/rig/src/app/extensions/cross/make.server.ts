import {odd} from "./values"

export default async function make(kind: string) {
  return odd[kind]!()
}
