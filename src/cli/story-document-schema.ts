import { z } from 'zod'
import * as format from '../document/index.js'

/** Parts that the schema names once, under `$defs`, instead of writing them out wherever they occur. */
const NAMED: readonly (readonly [z.ZodType, string])[] = [
  [format.textRange, 'TextRange'], [format.source, 'Source'], [format.attribution, 'Attribution'], [format.quote, 'Quote'], [format.statement, 'OfficialStatement'],
  [format.requestForComment, 'RequestForComment'], [format.outletCredit, 'OutletCredit'], [format.claim, 'Claim'],
]

const media = (format.storyDocument.shape.media.unwrap() as z.ZodArray<z.ZodObject<{ uri: z.ZodType }>>).element
const timeZone = format.storyDocument.shape.timeZone.unwrap()

/** What the schema cannot say: it is checked when a document is imported. */
const BEYOND = [
  'A document that this schema accepts may still be refused, with the place and the reason:',
  'a range lies inside its paragraph, cuts no character, and has the words of `exact`; offsets and lengths count UTF-16 code units, where JSON Schema counts code points;',
  'a key names an entry that exists, once; parents and antecedents run in no circle; `exact` of a headcount is at least `min` and has its `range`;',
  'content is in reading order and snapshots are oldest first; stories named by slug exist; a story\'s text, and the text under its ranges, have a limit together.',
].join(' ')

/** The document format as JSON Schema 2020-12: of what an author may write, with everything that is filled in left optional. */
export function storyDocumentSchema(): Record<string, unknown> {
  const names = new Map(NAMED)
  // Names for this print only: the format's own registry stays as it is.
  const metadata = { get: (schema: z.ZodType) => withName(z.globalRegistry.get(schema), names.get(schema)) }
  const { $schema, ...schema } = z.toJSONSchema(format.storyDocument, {
    io: 'input', target: 'draft-2020-12', unrepresentable: 'any', metadata: metadata as never,
    override: ({ zodSchema, jsonSchema }) => refine(zodSchema as unknown as z.ZodType, jsonSchema),
  }) as Record<string, unknown>
  return {
    $schema, $id: `urn:onrecord:story-document:${format.DOCUMENT_VERSION}`, title: 'Onrecord story document',
    ...schema, description: `${String(schema['description'])} ${BEYOND}`,
  }
}

function withName(meta: Record<string, unknown> | undefined, id: string | undefined): Record<string, unknown> | undefined {
  return id === undefined ? meta : { ...meta, id }
}

const HTTP = '^[Hh][Tt][Tt][Pp][Ss]?:'
// No control characters but tab, line feed and carriage return, and at least one character that is not white space.
const TEXT = '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F]*[^\\s\\u0000-\\u001F][^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F]*$'

/** Says as much as JSON Schema can of what is checked in code. */
function refine(zodSchema: z.ZodType, jsonSchema: Record<string, unknown>): void {
  if (jsonSchema['type'] !== 'string' || jsonSchema['pattern'] !== undefined || jsonSchema['enum'] !== undefined || jsonSchema['const'] !== undefined) return
  if (zodSchema === media.shape.uri || isCheckedLike(zodSchema, media.shape.uri)) jsonSchema['pattern'] = HTTP
  else if (zodSchema === timeZone) jsonSchema['description'] ??= 'An IANA time zone: "America/New_York".'
  else if (checksOf(zodSchema).some(isCustom)) jsonSchema['pattern'] = TEXT
}

type Check = { readonly _zod: { readonly def: { readonly check: string } } }
const checksOf = (schema: z.ZodType) => ((schema as unknown as { _zod: { def: { checks?: readonly Check[] } } })._zod.def.checks ?? [])
const isCustom = (check: Check) => check._zod.def.check === 'custom'
/** Whether two schemas share a check: then one is a described copy of the other. */
const isCheckedLike = (a: z.ZodType, b: z.ZodType) => checksOf(a).some((check) => isCustom(check) && checksOf(b).includes(check))
