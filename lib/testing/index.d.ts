/** Tests of an Attio app on a local platform: no account, no network. */

export interface StartOptions {
  /**
   * What the platform holds at first: "seed" (the default), the name of a state of `attio state save`, or a
   * world as `attio state seed` takes it (a file that ends in .json, or the object), on top of the seed.
   */
  state?: string | Record<string, unknown>
  /** What becomes of the app's requests that no expectRequest leads elsewhere. Default: "deny". */
  net?: "deny" | "live" | "replay" | "record"
  /** The time at the start. */
  now?: Date | string | number
  /** Failures, as `attio dev --chaos` takes them. */
  chaos?: string
  /** Folder of the app. Default: the current one. */
  app?: string
}

export interface Reference {
  id: {workspace_id: string; object_id: string; record_id: string}
  created_at: string
  web_url: string
  /** Attributes by slug, each a list of values. */
  values: Record<string, any[]>
}

export interface Toast {
  title: string
  text: string | null
  variant: string
  hidden?: boolean
  action?: string
}

export interface Dialog {
  title: string
  closed: boolean
  /** What it shows, as lines. */
  tree: string[]
  /** The same as one text. */
  text: string
}

/** What the user saw. */
export interface Seen {
  ok: boolean
  flow: string
  toasts: Toast[]
  alerts: {title: string; text: string | null}[]
  confirms: any[]
  dialogs: Dialog[]
  /** A widget, page or form that was shown. */
  surface?: {tree: string[]} | null
  /** What it shows, as one text. */
  text?: string
  opened?: string[]
  navigated?: any[]
  logs?: any[]
  result?: any
  error?: any
  needs?: any
  [key: string]: any
}

/** A run that begins when it is awaited; before that, it is told what the user will do. */
export interface Run extends Promise<Seen> {
  /** The dialog that is open; only to be read. */
  dialog(): Run
  fill(name: string, value: unknown): Run
  fill(values: Record<string, unknown>): Run
  choose(label: string, option: string): Run
  click(label: string): Run
  press(key: string): Run
  submit(): Run
  close(): Run
  /** What the confirmation gets. */
  answer(value: "yes" | "no" | boolean): Run
  toastAction(label: string): Run
  /** Fails when this is not to be read. */
  expectText(text: string): Run
  /** Any step of `attio action run --step`. */
  step(text: string): Run
}

export interface RunOptions {
  /** "people/ada" */
  record?: string
  records?: string[]
  object?: string
  text?: string
  kind?: string
  /** The member who does it: an id, an e-mail address or a name. */
  as?: string
  force?: boolean
  /** Give what was seen instead of throwing when the app fails or asks. */
  allowFailure?: boolean
}

export interface OutsideRequest {
  method: string
  url: string
  origin: string
  path: string
  query: Record<string, string>
  headers: Record<string, string | string[] | undefined>
  text: string
  /** JSON, where it is some; else the text. */
  body: any
}

export interface Expected {
  /** Those that came. */
  readonly requests: OutsideRequest[]
  answers(status: number, body?: unknown, headers?: Record<string, string>): this
  answers(make: (request: OutsideRequest) => {status?: number; body?: unknown; headers?: Record<string, string>} | Promise<any>): this
}

export interface ExpectOptions {
  /** How often it comes (1); Infinity: however often. */
  times?: number
  /** Instead of the path of the address. */
  path?: RegExp | ((path: string) => boolean)
  /** What the body, the headers or the query must have, among other things. Values may be RegExp or functions. */
  body?: unknown
  headers?: Record<string, unknown>
  query?: Record<string, unknown>
}

export interface FlowNode {
  id: string
  kind: string
  name: string
  cause: string | null
  input: any
  output: any
  error: any
  children: FlowNode[]
  [key: string]: any
}

/** For `await using`, where the compiler knows it. */
type Disposing = SymbolConstructor extends {readonly asyncDispose: infer K extends symbol} ? {[P in K]: () => Promise<void>} : unknown

export type App = Platform & Disposing

export interface Platform {
  readonly url: string
  /** Of the REST API, below url + "/v2". */
  readonly token: string
  readonly records: {
    create(object: string, values: Record<string, unknown>, options?: {as?: string}): Promise<Reference>
    /** "people/ada": by a name or an id. */
    get(record: string): Promise<Reference>
    update(record: string, values: Record<string, unknown>, options?: {as?: string}): Promise<Reference>
    delete(record: string): Promise<void>
    list(object: string, options?: {q?: string; limit?: number; offset?: number; filter?: unknown; sort?: unknown}): Promise<Reference[]>
  }
  /** Adds a connection; the app's connection-added runs first. */
  connect(value: string, options?: {owner?: "workspace" | "user"; type?: "secret" | "oauth"; as?: string; expires_in?: number; force?: boolean}): Promise<any>
  disconnect(connection: {id: string} | string): Promise<any>
  runAction(id: string, options?: RunOptions): Run
  show(kind: "widget" | "tab" | "page" | "settings" | "configurator", id?: string, options?: RunOptions & {config?: object}): Run
  /** "src/app/x.server.ts", or "app/x.server". */
  callServer(module: string, ...args: unknown[]): Promise<any>
  sendWebhook(handler: string, body?: unknown, options?: {method?: string; headers?: Record<string, string>; path?: string; query?: string; allowFailure?: boolean}): Promise<any>
  runBlock(id: string, options?: {config?: object; finish?: object; allowFailure?: boolean}): Promise<any>
  activateBlock(id: string, options?: {config?: object}): Promise<any>
  triggerBlock(id: string, options?: {request?: object}): Promise<any>
  /** Leads the origin of the address to this process from now on, and expects this request. */
  expectRequest(method: string, url: string, options?: ExpectOptions): Expected
  /** Throws unless all expected requests came, and no others. stop() does it, too. */
  checkRequests(): void
  /** "+1h", "2d", milliseconds, or the moment that it shall be. */
  moveClock(span: string | number | Date): Promise<{now: string; offset_ms: number}>
  settings(values?: Record<string, unknown>): Promise<Record<string, unknown>>
  /** The tree of what happened; without an id the newest. */
  flow(id?: string): Promise<FlowNode>
  /** One request to the platform's control API (`attio api`). */
  api(method: string, path: string, body?: unknown): Promise<any>
  stop(options?: {check?: boolean}): Promise<void>
}

export declare class AttioError extends Error {
  why?: string
  fix?: string
  code?: string
  /** Where the code of the app threw it. */
  appStack?: string
  [key: string]: any
}

/**
 * The function of a test, for node:test and vitest alike: starts a platform, gives it to `run`, and stops it whatever
 * happens. When `run` succeeded, the expected requests must have come, and no others.
 */
export declare function withApp(run: (app: App, context: any) => unknown): (context?: any) => Promise<void>
export declare function withApp(options: StartOptions, run: (app: App, context: any) => unknown): (context?: any) => Promise<void>

/** A platform of its own with the app as it is now. End it with stop(), or declare it with `await using`. */
export declare function start(options?: StartOptions): Promise<App>
