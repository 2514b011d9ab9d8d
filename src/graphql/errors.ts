import { HeaderMap } from '@apollo/server'
import { GraphQLError } from 'graphql'

/** What the caller got wrong in a query: what, where, and what to do. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })
}

/** A request that does not fit how it was sent. */
export function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } })
}

/** Who asks cannot be told now; it is worth asking again in the given seconds. */
export function authenticationUnavailable(message: string, retryAfter = 5): GraphQLError {
  return new GraphQLError(`${message} Try again in a few seconds.`, { extensions: { code: 'AUTHENTICATION_UNAVAILABLE', http: { status: 503, headers: new Map([['retry-after', String(retryAfter)]]) } } })
}

/** What the viewer's role may not ask for, where there is no payload to say so. */
export function forbiddenAtAll(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } })
}

export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } })
}

export const SORRY = 'Something went wrong on our side. Quote the request id when you report it.'
export const UNAVAILABLE = 'The database does not answer at the moment. Send the request again shortly; a change is made once only if it is sent with the same idempotencyKey.'

/** The database could not be asked. Of a change it is not known whether it was made. */
export function databaseUnavailable(cause: unknown): GraphQLError {
  return new GraphQLError(UNAVAILABLE, { extensions: { code: 'DATABASE_UNAVAILABLE', http: { status: 503, headers: new HeaderMap([['retry-after', '1']]) } }, originalError: cause instanceof Error ? cause : null })
}
