import { readFileSync } from 'node:fs'

/** Megabytes that a process has resident; NaN where it is gone, or where this is not Linux. */
export function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
  } catch {
    return NaN
  }
}
