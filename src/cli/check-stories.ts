import { readFileSync } from 'node:fs'
import { ArchiveIndex, applyWaivers, bySeverity, checkDocument, report, type Finding, type JudgedFinding, type Profile, type ReportFormat, type ReportInput, type ReportedStory, type Severity, type Waiver } from '../checks/index.js'
import type { AgreementsOnFile, DocumentProblem, StoryDocument } from '../document/index.js'
import { CheckProgress } from './check-progress.js'
import { profileAt, waiversAt } from './check-settings.js'
import { sortTargets, storiesIn } from './check-targets.js'
import { EXIT } from './command.js'
import { UsageError } from './failure.js'
import type { Screen } from './screen.js'

export interface CheckFlags {
  readonly all?: boolean
  readonly archive?: boolean
  readonly profile: string
  readonly format: ReportFormat
  readonly severity: Severity
  readonly failOn: Severity | 'never'
  readonly waivers?: string
  readonly vault?: boolean
  readonly server?: string
  readonly key?: string
}

const MOST_PROBLEMS_SHOWN = 50

/** Checks files and stories of the database; gives the exit code. @throws {UsageError} */
export async function checkStories(screen: Screen, targets: readonly string[], flags: CheckFlags): Promise<number> {
  if (flags.all === true ? targets.length > 0 : targets.length === 0) throw new UsageError('Name the files or slugs to check, or give --all for every story of the database; one of the two.')
  const { files, slugs } = await sortTargets(targets)
  if (!flags.vault && (flags.server !== undefined || flags.key !== undefined)) throw new UsageError('--server and --key go with --vault.')
  if (flags.vault && flags.archive) throw new UsageError('Give --archive or --vault, not both.')
  const run = new CheckRun(screen, flags, await profileAt(flags.profile), flags.waivers === undefined ? [] : await waiversAt(flags.waivers))
  try {
    if (flags.vault) {
      const { checkWithRecords } = await import('./vault/check-with-records.js')
      await checkWithRecords(run, { files, slugs }, flags)
      return await run.end()
    }
    for (const file of files) {
      for await (const story of storiesIn(file)) {
        if ('problems' in story) run.unreadable(story.place, story.problems)
        else await run.check(story.document, story)
      }
    }
    if (flags.all === true || slugs.length > 0) await checkStored(run, flags.all === true ? 'ALL' : [...new Set(slugs)])
  } finally {
    run.progress.end()
  }
  return run.end()
}

async function checkStored(run: CheckRun, which: 'ALL' | readonly string[]): Promise<void> {
  const [{ withNewsroom }, { exportStories }, { waivedStories }, { agreementsBySlug }] = await Promise.all([import('./newsroom.js'), import('../stories/index.js'), import('../findings/index.js'), import('../agreements/index.js')])
  await withNewsroom(async ({ database }) => {
    if (which === 'ALL') run.expect(await (await database.prisma()).story.count())
    const waiversOf = await waivedStories(database)
    const onFile = await agreementsBySlug(database, which === 'ALL' ? undefined : which)
    for (const slug of await exportStories(database, which, ({ document }) => run.check(document, { waivers: waiversOf(document), onFile: onFile(document.slug) }))) run.missing(slug)
  })
}

/** One run of the command: what it has found, what it has written. */
export class CheckRun {
  progress: CheckProgress
  readonly #stories: ReportedStory[] = []
  readonly #archive = new ArchiveIndex()
  readonly #counts = { error: 0, warning: 0, info: 0 }
  readonly #input: Omit<ReportInput, 'stories'>
  #hasUnread = false

  constructor(readonly screen: Screen, readonly flags: CheckFlags, readonly profile: Profile, readonly waivers: readonly Waiver[]) {
    this.progress = new CheckProgress(screen, undefined)
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
    this.#input = { version, profile: profile.name }
  }

  expect(total: number): void {
    this.progress = new CheckProgress(this.screen, total)
  }

  async check(document: StoryDocument, { file, text, waivers = [], onFile, found }: { readonly file?: string | undefined; readonly text?: string | undefined; readonly waivers?: readonly Waiver[]; readonly onFile?: AgreementsOnFile; readonly found?: readonly Finding[] }): Promise<void> {
    const findings = applyWaivers(found ?? checkDocument(document, { profile: this.profile, onFile }), [...this.waivers, ...waivers]).filter(({ finding }) => bySeverity(finding.severity, this.flags.severity) <= 0)
    for (const { finding, waiver } of findings) if (!waiver) this.#counts[finding.severity] += 1
    if (this.flags.archive) this.#archive.put({ slug: document.slug, publishedAt: document.publication?.publishedAt ?? document.publication?.firstPublishedAt, desk: document.desk, document })
    await this.#report({ slug: document.slug, paragraphs: document.paragraphs }, findings, file, text)
    this.progress.step(this.#counts.error + this.#counts.warning + this.#counts.info)
  }

  async #report(document: ReportedStory['document'], findings: readonly JudgedFinding[], file: string | undefined, text: string | undefined): Promise<void> {
    const story: ReportedStory = { document, findings, ...(file !== undefined && { file }), ...(text !== undefined && { text }) }
    // Of all stories, those with nothing to tell go without a line.
    if (this.flags.format === 'pretty' && !(this.flags.all && findings.length === 0)) {
      this.screen.hide()
      await this.screen.write(report('pretty', { ...this.#input, stories: [story] }, this.#look()))
    }
    this.#stories.push(this.flags.format === 'pretty' ? { ...story, document: { slug: document.slug, paragraphs: [] }, text: '' } : story)
  }

  #look() {
    const { out } = this.screen.options
    return { color: out.isTTY === true && out.hasColors?.() === true, width: out.isTTY === true ? Math.min(out.columns ?? 80, 120) : 80 }
  }

  unreadable(place: string, problems: readonly DocumentProblem[]): void {
    this.#hasUnread = true
    for (const { path, message } of problems.slice(0, MOST_PROBLEMS_SHOWN)) this.screen.say(`${place}: ${path === '' ? '' : `${path} `}${message.replace(/\p{Cc}/gu, ' ')}`)
    if (problems.length > MOST_PROBLEMS_SHOWN) this.screen.say(`${place}: and ${problems.length - MOST_PROBLEMS_SHOWN} more`)
  }

  missing(slug: string): void {
    this.#hasUnread = true
    this.screen.say(this.screen.styled(`There is no story "${slug}", and no file of that name.`, 'red'))
  }

  async end(): Promise<number> {
    const archive = this.flags.archive ? { findings: this.#archive.findings().filter(({ severity }) => bySeverity(severity, this.flags.severity) <= 0), desks: this.#archive.desks() } : undefined
    for (const { severity } of archive?.findings ?? []) this.#counts[severity] += 1
    const input: ReportInput = { ...this.#input, stories: this.#stories, ...(archive && { archive }) }
    if (this.flags.format !== 'pretty') await this.screen.write(report(this.flags.format, input))
    else await this.screen.write(report('pretty', { ...input, isTotalOnly: true }, this.#look()))
    if (this.#hasUnread) return EXIT.usage
    const { failOn } = this.flags
    return failOn !== 'never' && (['error', 'warning', 'info'] as const).some((level) => bySeverity(level, failOn) <= 0 && this.#counts[level] > 0) ? EXIT.failed : EXIT.done
  }
}
