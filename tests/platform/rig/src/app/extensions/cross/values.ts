// Values that JSON changes, and values that what carries JSON may change.
export const odd: Record<string, () => unknown> = {
  undefined: () => undefined,
  "undefined in an array": () => [1, undefined, 2],
  "undefined in an object": () => ({a: undefined, b: 1}),
  function: () => () => 1,
  "function in an array": () => [() => 1],
  "function in an object": () => ({f: () => 1, b: 1}),
  symbol: () => Symbol("s"),
  "symbol in an array": () => [Symbol("s")],
  "symbol in an object": () => ({s: Symbol("s")}),
  bigint: () => BigInt(1),
  "bigint inside": () => ({a: [BigInt(1)]}),
  cycle: () => {
    const one: Record<string, unknown> = {}
    one.one = one
    return one
  },
  date: () => new Date(86400000),
  "invalid date": () => ({d: new Date(NaN)}),
  NaN: () => NaN,
  infinity: () => [Infinity, -Infinity],
  "negative zero": () => -0,
  map: () => new Map([["a", 1]]),
  set: () => new Set([1]),
  regexp: () => /a/g,
  error: () => ({e: new Error("text")}),
  promise: () => ({p: Promise.resolve(1)}),
  bytes: () => new Uint8Array([1, 2]),
  toJSON: () => ({toJSON: () => "mine"}),
  class: () => new (class {
    field = 1
    get computed() {
      return 2
    }
  })(),
  null: () => null,
  empty: () => ["", [], {}, 0, false, null],
  numbers: () => [0.1, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 9007199254740993, -1, 1.5e300],
  text: () => "\u0001\t\n\"\\/ é 漢 😀 \u2028\u2029\u007f\uffff",
  "zero character": () => "a\u0000b",
  "half a character": () => "a\ud83d|\ude00b",
  keys: () => ({"": 1, "a.b": 2, "~/": 3, "\u0000": 4, constructor: 5, 10: 6, 9: 7}),
  proto: () => JSON.parse('{"__proto__": {"a": 1}, "b": 2}'),
  deep: () => {
    let value: unknown = "bottom"
    for (let i = 0; i < 500; i++) value = [value]
    return value
  },
  long: () => "x".repeat(1_000_000),
  wide: () => Array.from({length: 20000}, (_, i) => i),
}

// What a value is, as a text.
export function tell(value: unknown): string {
  if (value === undefined) return "undefined"
  if (Object.is(value, -0)) return "-0"
  const text = JSON.stringify(value)
  if (text.length < 300) return text
  let sum = 0
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) >>> 0
  return `${text.length} characters, sum ${sum}`
}
