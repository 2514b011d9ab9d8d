import { expect } from 'vitest'
import type { Database } from '../../src/database/index.js'
import { createServer, PATHS } from '../../src/server.js'
import { REQUEST_ID, TestNewsroom } from '../support/newsroom.js'

type Parts = NonNullable<Parameters<typeof TestNewsroom.open>[0]>

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** A newsroom whose server keeps answers, and a second server over the same database that keeps none. */
export class CachedNewsroom {
  private constructor(readonly newsroom: TestNewsroom, private readonly twin: { url: string; close(): Promise<void> }) {}

  static async open(parts: Parts = {}): Promise<CachedNewsroom> {
    const newsroom = await TestNewsroom.open({ cacheBytes: 8 * 1024 * 1024, ...parts })
    const server = await createServer({ secret: Buffer.alloc(32, 7), now: () => newsroom.now, newRequestId: () => REQUEST_ID, database: newsroom.database, logLevel: 'silent', ...(parts.limits && { limits: parts.limits }) })
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    await listens(newsroom.database)
    return new CachedNewsroom(newsroom, { url, close: () => server.close() })
  }

  /** From the server that keeps answers. */
  ask(query: string, headers: Record<string, string> = {}, variables?: object): Promise<Reply> {
    return post(this.newsroom.url, { query, variables }, headers)
  }

  /** From the one that keeps none. */
  askAnew(query: string, headers: Record<string, string> = {}, variables?: object): Promise<Reply> {
    return post(this.twin.url, { query, variables }, headers)
  }

  get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
    return send(this.newsroom.url + path, { method, headers })
  }

  getAnew(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
    return send(this.twin.url + path, { method, headers })
  }

  /** The same from both, to the byte, twice: once worked out and once kept. */
  async expectSame(query: string, headers: Record<string, string> = {}): Promise<Reply> {
    const anew = await this.askAnew(query, headers)
    expect(await this.ask(query, headers), query).toEqual(anew)
    expect(await this.ask(query, headers), query).toEqual(anew)
    return anew
  }

  /** Whether the last answer came without the database. */
  async isKept(work: () => Promise<unknown>): Promise<boolean> {
    return (await this.newsroom.statementsOf(work)).length === 0
  }

  async close(): Promise<void> {
    await this.twin.close()
    await this.newsroom.close()
  }
}

/** Waits until a database follows its changes. */
export async function listens(database: Database): Promise<void> {
  while (database.publicChanges!().count === undefined) await new Promise((resolve) => { setTimeout(resolve, 10) })
}

export async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Reply> {
  return send(url + PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
}

async function send(url: string, request: RequestInit): Promise<Reply> {
  const response = await fetch(url, request)
  // Those that are the connection's own, and the time, aside.
  const headers = [...response.headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name))
  return { status: response.status, headers: Object.fromEntries(headers), text: await response.text() }
}
