import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { PrismaClient } from './generated/client.js'

/** Prisma's client of one database, loaded and made where it is first asked for. */
export class LazyPrisma {
  #client: Promise<PrismaClient> | undefined

  constructor(private readonly adapter: () => Promise<SqlDriverAdapterFactory>) {}

  client(): Promise<PrismaClient> {
    return (this.#client ??= this.#make())
  }

  async close(): Promise<void> {
    await (await this.#client)?.$disconnect()
  }

  async #make(): Promise<PrismaClient> {
    const [{ PrismaClient }, adapter] = await Promise.all([import('./generated/client.js'), this.adapter()])
    return new PrismaClient({ adapter })
  }
}
