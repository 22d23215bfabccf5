// What a user does with an action or a surface, as words in a row; it happens when it is awaited.
export class Run {
  #go
  #steps = []
  #result

  constructor(go) {
    this.#go = go
  }

  #add(step) {
    if (this.#result !== undefined) throw new Error("this run is over: steps come before `await`")
    this.#steps.push(step)
    return this
  }

  // The dialog that is open: what follows happens in it, as the newest dialog has the focus.
  dialog() {
    return this
  }

  // fill("name", "Ada") or fill({name: "Ada"})
  fill(name, value) {
    if (typeof name === "string") return this.#add({fill: name, value})
    for (const [key, one] of Object.entries(name)) this.#add({fill: key, value: one})
    return this
  }

  choose(label, option) {
    return this.#add({choose: label, option})
  }

  click(label) {
    return this.#add({click: label})
  }

  press(key) {
    return this.#add({press: key})
  }

  submit() {
    return this.#add("submit")
  }

  close() {
    return this.#add("close")
  }

  // answer("yes") or answer(false): what the next confirmation gets.
  answer(value) {
    const word = value === true ? "yes" : value === false ? "no" : value
    return this.#add({answer: "confirm", value: word})
  }

  toastAction(label) {
    return this.#add({toast: "action", label})
  }

  expectText(text) {
    return this.#add({expect: text})
  }

  step(text) {
    return this.#add(text)
  }

  then(done, failed) {
    this.#result ??= this.#go(this.#steps)
    return this.#result.then(done, failed)
  }

  catch(failed) {
    return this.then(undefined, failed)
  }

  finally(done) {
    return this.then().finally(done)
  }

  // So that it passes for a promise, also where types are checked.
  get [Symbol.toStringTag]() {
    return "Run"
  }
}

const lines = (surface) => (surface?.tree ?? []).join("\n")

// What the user saw, with `text` beside the nodes of surfaces and dialogs.
export function seen(answer) {
  const result = {...answer}
  if (result.surface) result.text = lines(result.surface)
  result.dialogs = (result.dialogs ?? []).map((dialog) => ({...dialog, text: lines(dialog)}))
  return result
}
