import { z } from 'zod'

// The part of SARIF 2.1.0 (OASIS, sarif-schema-2.1.0.json) that a run of checks can hold. Strict: the standard's schema allows no other properties.
const message = z.strictObject({ text: z.string().min(1) })
const positive = z.int().min(1)
const region = z.strictObject({ startLine: positive, startColumn: positive, endLine: positive, endColumn: positive, snippet: z.strictObject({ text: z.string() }).optional() })
const artifactLocation = z.strictObject({ uri: z.string().min(1).refine((uri) => URL.canParse(uri, 'file:///x/') && !/^[a-z][a-z0-9+.-]*:/i.test(uri), 'is no relative reference') })
const location = z.strictObject({ id: z.int().min(-1).optional(), physicalLocation: z.strictObject({ artifactLocation, region: region.optional() }), message: message.optional() })
const level = z.enum(['none', 'note', 'warning', 'error'])

export const sarif = z.strictObject({
  $schema: z.string(),
  version: z.literal('2.1.0'),
  runs: z.array(z.strictObject({
    tool: z.strictObject({
      driver: z.strictObject({
        name: z.string().min(1), version: z.string().optional(),
        rules: z.array(z.strictObject({ id: z.string().min(1), name: z.string(), shortDescription: message, fullDescription: message, help: message, defaultConfiguration: z.strictObject({ level }) })),
      }),
    }),
    columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
    results: z.array(z.strictObject({
      ruleId: z.string(), ruleIndex: z.int().min(0), level, message, locations: z.array(location).min(1), relatedLocations: z.array(location).min(1).optional(),
      partialFingerprints: z.record(z.string(), z.string()),
      fixes: z.array(z.strictObject({ description: message, artifactChanges: z.array(z.strictObject({ artifactLocation, replacements: z.array(z.strictObject({ deletedRegion: region, insertedContent: message })).min(1) })).min(1) })).optional(),
      suppressions: z.array(z.strictObject({ kind: z.enum(['inSource', 'external']), status: z.enum(['accepted', 'underReview', 'rejected']), justification: z.string() })),
    })),
  })).length(1),
})
