import { nameOf, ordered, countsOf, type ReportInput } from './input.js'

/** Everything, for programs. The shape grows, and no field changes its meaning. */
export function jsonReport(input: ReportInput): string {
  const stories = input.stories.map((story) => ({
    story: story.document.slug,
    name: nameOf(story),
    findings: ordered(story).map(({ finding, waiver }) => ({ ...finding, waived: waiver ? { code: waiver.code, ...(waiver.byRole !== undefined && { byRole: waiver.byRole }) } : null })),
  }))
  return `${JSON.stringify({ onrecord: 1, ...(input.version !== undefined && { version: input.version }), ...(input.profile !== undefined && { profile: input.profile }), counts: countsOf(input), stories, ...(input.archive && { archive: input.archive }) }, null, 2)}\n`
}
