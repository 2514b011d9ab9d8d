import type { KeyObject } from 'node:crypto'
import type { Queries } from '../database/index.js'
import { rowsAfter, type AuditRow } from './audit.store.js'
import { commitmentOf, GENESIS, hashOf, type AuditEntry } from './chain.js'
import { readHeads, type LoggedHead } from './head-log.js'

export interface AuditVerdict {
  /** Records of the chain. */
  readonly records: number
  /** Payloads that expired, as the chain itself says. */
  readonly expired: number
  /** Heads in the log outside the database; undefined where there is no such file. */
  readonly heads: number | undefined
  /** The newest record that such a head vouches for. */
  readonly vouchedUntil: number
  /** What is wrong, a sentence each, in the order of the records. */
  readonly problems: readonly string[]
}

const BATCH = 1_000

/**
 * Recomputes the chain and compares it with the heads outside the database: what was removed, altered, moved or cut off shows.
 *
 * @param log its file, and the server's keys: the present one, and those before a change of its secret
 */
export async function verifyAudit(queries: Queries, log: { readonly file: string; readonly keys: readonly KeyObject[] }): Promise<AuditVerdict> {
  const lines = await readHeads(log.file, log.keys)
  const problems = (lines ?? []).filter(({ isSigned }) => !isSigned).map(({ line }) => `Line ${line} of ${log.file} is damaged, or was not signed with this server's key.`)
  const heads = (lines ?? []).flatMap(({ head, isSigned }) => (head && isSigned ? [head] : []))
  const walk = new ChainWalk()
  for (let rows = await rowsAfter(queries, -2_147_483_648, BATCH); rows.length > 0; rows = await rowsAfter(queries, rows.at(-1)!.number, BATCH)) rows.forEach((row) => walk.step(row))
  problems.push(...walk.end(), ...againstHeads(walk.hashes, heads))
  if (lines === undefined && walk.hashes.size > 0) problems.push(`There is no log of heads at ${log.file}, so records cut off the end would not show. Name the log with ONRECORD_AUDIT_LOG.`)
  return { records: walk.hashes.size, expired: walk.expired, heads: lines?.length, vouchedUntil: Math.max(0, ...heads.map(({ number }) => number)), problems }
}

class ChainWalk {
  /** Number → hash, as stored. */
  readonly hashes = new Map<number, string>()
  readonly #problems: { readonly number: number; readonly text: string }[] = []
  readonly #moved: AuditRow[] = []
  readonly #withoutPayload: number[] = []
  #expiredUntil = 0
  #last: { readonly number: number; readonly hash: string } = { number: 0, hash: GENESIS }

  get expired(): number {
    return this.#withoutPayload.filter((number) => number <= this.#expiredUntil).length
  }

  step(row: AuditRow): void {
    this.hashes.set(row.number, row.hash)
    const isWhole = hashOf(row) === row.hash
    if (!isWhole) this.#moved.push(row)
    const gap = row.number - this.#last.number - 1
    if (gap > 0) this.#add(row.number, gap === 1 ? `Record ${this.#last.number + 1} was removed.` : `Records ${this.#last.number + 1} to ${row.number - 1} were removed.`)
    else if (gap < 0) this.#add(row.number, `Record ${row.number} has a number that no record has.`)
    else if (isWhole && row.previous !== this.#last.hash) this.#add(row.number, `Record ${row.number} does not follow on record ${this.#last.number}: one of them was replaced.`)
    this.#payload(row)
    this.#last = row
  }

  #payload(row: AuditRow): void {
    if (row.salt === null || row.text === null) {
      this.#withoutPayload.push(row.number)
      return
    }
    if (commitmentOf({ salt: row.salt, text: row.text }) !== row.commitment) {
      this.#add(row.number, `What record ${row.number} tells was altered.`)
      return
    }
    const entry = JSON.parse(row.text) as AuditEntry
    if (entry.act === 'EXPIRE') this.#expiredUntil = Math.max(this.#expiredUntil, entry.until ?? 0)
  }

  #add(number: number, text: string): void {
    this.#problems.push({ number, text })
  }

  end(): string[] {
    for (const row of this.#moved) {
      const from = [...this.hashes.keys()].find((number) => hashOf({ ...row, number }) === row.hash)
      this.#add(row.number, from === undefined ? `Record ${row.number} was altered.` : `Record ${from} stands in the place of record ${row.number}: their order was changed.`)
    }
    for (const number of this.#withoutPayload) if (number > this.#expiredUntil) this.#add(number, `What record ${number} tells was removed, and the log knows of no expiry.`)
    return this.#problems.sort((a, b) => a.number - b.number).map(({ text }) => text)
  }
}

function againstHeads(hashes: ReadonlyMap<number, string>, heads: readonly LoggedHead[]): string[] {
  const problems: string[] = []
  const last = Math.max(0, ...hashes.keys())
  const known = Math.max(0, ...heads.map(({ number }) => number))
  const different = heads.filter(({ number, hash }) => hashes.has(number) && hashes.get(number) !== hash).sort((a, b) => a.number - b.number)[0]
  if (different) problems.push(`Record ${different.number} is not the one that was signed on ${different.day}: the log was rewritten from there or before.`)
  if (known > last) problems.push(`The log was cut off: it ends with record ${last}, and record ${known} was signed.`)
  return problems
}
