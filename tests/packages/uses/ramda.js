import * as R from "ramda"

export default () => [
  R.pipe(R.filter((n) => n > 1), R.map(R.inc), R.sum)([1, 2, 3]),
  R.evolve({count: R.add(1)}, {count: 1, name: "x"}),
  R.toPairs(R.invertObj({a: "x", b: "y"})),
]
