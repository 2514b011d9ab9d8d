import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { openDatabase } from '../../src/database/index.js'
import { importStories, type ImportEntry } from '../../src/stories/index.js'
import { story } from '../support/documents.js'
const [,, fix, total] = process.argv
const db = await openDatabase({ url: undefined, poolSize: 1, folder: await mkdtemp('/tmp/probe-') }) as any
if (fix === 'fix') await db.lite.exec(readFileSync('/tmp/fix.sql','utf8'))
async function* documents(): AsyncGenerator<ImportEntry> { for (let line = 1; line <= Number(total); line += 1) yield { file: 'b', line, bytes: 0, content: { ok: true, value: story(line) } } }
let at = performance.now(); let cpu = process.cpuUsage()
const every = 500
await importStories(db, documents(), { sources: { now: () => new Date(), newId: randomUUID }, onRefused: () => undefined, onProgress: ({ stored }) => {
  if (stored % every) return
  const c = process.cpuUsage(cpu); cpu = process.cpuUsage()
  console.log(stored, Math.round(every*1000/(performance.now()-at)), 'docs/s', ((c.user+c.system)/1000/every).toFixed(1), 'ms CPU/doc'); at = performance.now()
} })
console.log((await db.lite.query('select pg_stat_force_next_flush()')).rows.length)
console.table((await db.lite.query('select relname, seq_scan, seq_tup_read, idx_scan from pg_stat_user_tables order by seq_tup_read desc limit 8')).rows)
await db.close()
