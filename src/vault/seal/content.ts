import { z } from 'zod'

const key = z.string().min(1).max(200)
const words = z.string().max(20_000)
const entry = z.strictObject({ story: key, source: key })
const entries = <T extends z.ZodType>(each: T) => z.array(each).max(2_000).default([])

/** What a record says, as it is before it is sealed. It never leaves the cleared person's machine but as ciphertext. */
const recordContent = z.strictObject({
  /** One human being, by any name that the cleared people choose. Records with the same one are the same person; the record's id where left out. */
  person: key.optional(),
  identity: z.strictObject({ name: z.string().trim().min(1).max(500), aliases: z.array(z.string().trim().min(1).max(500)).max(100).default([]), description: words.optional() }),
  contacts: entries(z.strictObject({ kind: key, value: z.string().min(1).max(1_000), note: words.optional() })),
  notes: words.optional(),
  /** Cast entries of stories that are this person. */
  entries: entries(entry),
  /** Cast entries under which the same person is named. */
  namedAs: entries(entry),
  /** Requests for comment that this person declined or left unanswered. */
  declined: entries(z.strictObject({ story: key, request: key })),
  /** Terms that were promised where they are stricter than the document says. */
  terms: entries(entry.extend({ terms: z.enum(['ON_RECORD', 'BACKGROUND', 'DEEP_BACKGROUND', 'OFF_RECORD']) })),
  approvals: entries(entry.extend({ knowsIdentity: z.boolean() })),
  /** How many people a reader who knows the field could think of. */
  candidatePools: entries(entry.extend({ candidates: z.int().min(1).max(1_000_000_000), because: words.optional() })),
  /** Day after which the record is to be destroyed. */
  keepUntil: z.iso.date().optional(),
})

export type RecordContent = z.output<typeof recordContent>
export type RecordContentInput = z.input<typeof recordContent>

export interface ContentProblem { readonly path: string; readonly message: string }

/** Reads what a record says. A problem names the place and what belongs there, never what stands there. */
export function parseContent(value: unknown): { readonly ok: true; readonly content: RecordContent } | { readonly ok: false; readonly problems: readonly ContentProblem[] } {
  const result = recordContent.safeParse(value)
  if (result.success) return { ok: true, content: result.data }
  return {
    ok: false,
    problems: result.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: issue.code === 'unrecognized_keys' ? 'has a field that records do not have' : issue.code === 'invalid_type' ? `should be ${issue.expected}` : issue.code === 'invalid_value' ? `should be one of ${issue.values.join(', ')}` : 'is too long, too short, or not of its form',
    })),
  }
}
