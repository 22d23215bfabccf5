import superjson from "superjson"

export default () => {
  const text = superjson.stringify({when: new Date(0), ids: new Set([1, 2]), big: 12n, none: undefined})
  const back = superjson.parse(text)
  return [text, back.when.toISOString(), [...back.ids], String(back.big)]
}
