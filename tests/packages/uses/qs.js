import qs from "qs"

export default () => [
  qs.stringify({filter: {stage: ["won", "lost"]}, page: 2}, {arrayFormat: "brackets"}),
  qs.parse("a[b][]=1&a[b][]=2&c=%F0%9F%99%82"),
]
