import {enablePatches, produce, produceWithPatches} from "immer"

enablePatches()

export default () => {
  const state = {people: [{name: "Ada"}, {name: "Bob"}]}
  const next = produce(state, (draft) => void (draft.people[0].name = "Eve"))
  const [, patches] = produceWithPatches(state, (draft) => void draft.people.pop())
  return [state, next, next.people[1] === state.people[1], patches]
}
