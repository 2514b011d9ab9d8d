import type { Env } from './env.js'
import { readPersistedDocuments } from './graphql/persisted-documents.js'
import { MOST_DELAY, ratesFrom } from './http/index.js'
import type { ServerLimits } from './server.js'

/** What the settings say about what is taken from whom. @throws where the file of documents cannot be used */
export function limitsOf(env: Env): ServerLimits {
  const isForTrying = env.DATABASE_URL === undefined
  const documents = env.ONRECORD_PERSISTED_DOCUMENTS === undefined ? undefined : readPersistedDocuments(env.ONRECORD_PERSISTED_DOCUMENTS)
  if (!documents && env.ONRECORD_REGISTERED_ONLY === 'on') throw new Error('ONRECORD_REGISTERED_ONLY is "on", and no document is registered: set ONRECORD_PERSISTED_DOCUMENTS too.')
  return {
    introspection: isOn(env.ONRECORD_INTROSPECTION, isForTrying),
    graphiql: isOn(env.ONRECORD_GRAPHIQL, isForTrying),
    ...(documents && { documents }),
    documentsOnly: env.ONRECORD_REGISTERED_ONLY === 'on',
    rates: ratesFrom({ READER: env.ONRECORD_RATE_READERS, PARTNER: env.ONRECORD_RATE_PARTNERS, STAFF: env.ONRECORD_RATE_STAFF }),
    shedding: { mostInFlight: env.ONRECORD_MOST_IN_FLIGHT, mostDelay: MOST_DELAY },
    trustProxy: env.ONRECORD_TRUST_PROXY,
  }
}

function isOn(setting: 'auto' | 'on' | 'off', where: boolean): boolean {
  return setting === 'auto' ? where : setting === 'on'
}
