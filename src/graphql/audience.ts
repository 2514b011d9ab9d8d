import { Extensions } from 'type-graphql'

/** Declares a field, argument or input field as part of the newsroom contract only: the public schema is built without it. */
export function NewsroomOnly(): PropertyDecorator & MethodDecorator & ClassDecorator {
  return Extensions({ audience: 'NEWSROOM' }) as PropertyDecorator & MethodDecorator & ClassDecorator
}

export function isNewsroomOnly(element: { extensions?: unknown }): boolean {
  return (element.extensions as { audience?: string } | undefined)?.audience === 'NEWSROOM'
}
