export const {a, b: {c = 1}, ...rest} = {} as any, [d, , e] = []
export let f, g = 2
export function h(x: string): void
export function h(x: any) {}
export abstract class I<T> extends J<T> implements K {}
export enum L { A = 1 }
export namespace M.N { export const x = 1 }
export type O = string
export interface P {}
export declare const z: number
export default interface Z {}
