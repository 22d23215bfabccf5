// What is kept of each record; used on both sides. `due` is a day: 2026-03-31.
export type NextStep = {text: string; priority: Priority; due: string}

export const priorities = ["low", "normal", "high"] as const
export type Priority = (typeof priorities)[number]

export const storeKey = (recordId: string) => `next-step:${recordId}`
