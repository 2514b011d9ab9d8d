import { Extensions } from 'type-graphql'
import type { Action } from '../access/index.js'

type Declaration = PropertyDecorator & MethodDecorator & ClassDecorator

/** Declares a field, argument or input field as part of the newsroom contract only: the public schema is built without it. */
export function NewsroomOnly(): Declaration {
  return Extensions({ audience: 'NEWSROOM' }) as Declaration
}

/** Declares which action asking for a field is. It is part of the newsroom contract only, and `guard` lets in whoever may do that. */
export function Does(action: Action): Declaration {
  return Extensions({ audience: 'NEWSROOM', action }) as Declaration
}

/** The same, where a refusal goes on record: what is asked for decides itself, so that it can write it down. */
export function DoesOnRecord(action: Action): Declaration {
  return Extensions({ audience: 'NEWSROOM', action, isRefusedOnRecord: true }) as Declaration
}

export function isRefusedOnRecord(field: { extensions?: unknown }): boolean {
  return (field.extensions as { isRefusedOnRecord?: boolean } | undefined)?.isRefusedOnRecord === true
}

export function isNewsroomOnly(element: { extensions?: unknown }): boolean {
  return (element.extensions as { audience?: string } | undefined)?.audience === 'NEWSROOM'
}

/** The action that a field declares. */
export function actionOf(field: { extensions?: unknown }): Action | undefined {
  return (field.extensions as { action?: Action } | undefined)?.action
}
