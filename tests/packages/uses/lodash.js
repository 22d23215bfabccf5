import _ from "lodash"
import debounce from "lodash/debounce.js"
import get from "lodash/fp/get.js"

export default () => [
  _.chain([3, 1, 2]).sortBy().map((n) => n * 2).value(),
  _.groupBy(["one", "two", "three"], "length"),
  _.template("hello <%= user %>")({user: "Ada"}),
  typeof debounce(() => {}, 10).flush,
  get("a[0].b", {a: [{b: 7}]}),
]
