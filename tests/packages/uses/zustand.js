import {createStore} from "zustand/vanilla"
import {create} from "zustand"
import {combine, subscribeWithSelector} from "zustand/middleware"
import {shallow} from "zustand/shallow"

export default () => {
  const seen = []
  const store = createStore(
    subscribeWithSelector(combine({n: 1}, (set) => ({more: () => set(({n}) => ({n: n + 1}))}))),
  )
  store.subscribe(({n}) => n, (n, before) => seen.push([before, n]))
  store.getState().more()
  return [seen, shallow([1, 2], [1, 2]), create(() => ({a: 1})).getState()]
}
