import { getNullableType, isEnumType, isListType, isNonNullType, isObjectType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { forbidden, roleOf, type Action, type Forbidden } from '../access/index.js'
import { actionOf, isRefusedOnRecord } from './audience.js'
import type { GraphQLContext } from './context.js'
import { forbiddenAtAll } from './errors.js'

type Field = GraphQLField<unknown, GraphQLContext>

/**
 * Puts every field that declares an action behind the table of actions: whoever may not do it is told before anything is looked at, so
 * that the answer depends on the role alone (S9). A mutation answers in its payload, with FORBIDDEN; another field with an error.
 *
 * @throws where a mutation declares no action, or its payload cannot say FORBIDDEN
 */
export function guard(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields()) as Field[]) {
      const action = actionOf(field)
      if (action !== undefined && isRefusedOnRecord(field)) continue
      if (action !== undefined) guardField(field, action, { isMutation: type === schema.getMutationType(), isSubscription: type === schema.getSubscriptionType() })
      else if (type === schema.getMutationType()) throw new TypeError(`The mutation "${field.name}" does not say which action it is. Declare it with @Does.`)
    }
  }
}

function guardField(field: Field, action: Action, { isMutation, isSubscription }: { readonly isMutation: boolean; readonly isSubscription: boolean }): void {
  const step = isSubscription ? 'subscribe' : 'resolve'
  const work = field[step]
  if (!work) throw new TypeError(`The field "${field.name}" is a plain property, which @Does cannot guard.`)
  const payload = refusalIn(field)
  if (isMutation && !payload) throw new TypeError(`The payload of the mutation "${field.name}" cannot say FORBIDDEN.`)
  field[step] = (parent, args, context, info): unknown => {
    const denied = forbidden(action, { role: roleOf(context.viewer) })
    if (!denied) return work(parent, args, context, info)
    if (payload) return payload(denied)
    throw forbiddenAtAll(denied.message)
  }
}

/** How a field's payload says that it was refused: nothing done, one error. Undefined where it is no payload, or holds what cannot be empty. */
function refusalIn(field: Field): ((denied: Forbidden) => object) | undefined {
  const type = getNullableType(field.type)
  if (!isObjectType(type) || !canSayForbidden(type)) return undefined
  const results = Object.values(type.getFields()).filter(({ name }) => name !== 'errors')
  if (results.some((each) => isNonNullType(each.type) && !isListType(each.type.ofType))) return undefined
  const nothing = Object.fromEntries(results.map((each) => [each.name, isNonNullType(each.type) ? [] : null]))
  return ({ code, message }) => ({ ...nothing, errors: [{ code, message, path: null }] })
}

function canSayForbidden(type: GraphQLObjectType): boolean {
  const errors = type.getFields()['errors']
  const listed = errors && getNullableType(errors.type)
  const error = isListType(listed) ? getNullableType(listed.ofType) : undefined
  const code = isObjectType(error) ? getNullableType(error.getFields()['code']?.type) : undefined
  return isEnumType(code) && code.getValue('FORBIDDEN') !== undefined
}
