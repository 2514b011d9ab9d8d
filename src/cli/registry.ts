import type { CliCommand } from './command.js'
import { check } from './commands/check.js'
import { documentSchema } from './commands/document-schema.js'
import { exportCommand } from './commands/export.js'
import { extractCommand } from './commands/extract.js'
import { importCommand } from './commands/import.js'
import { kill } from './commands/kill.js'
import { migrate } from './commands/migrate.js'
import { publish } from './commands/publish.js'
import { rulesCommand } from './commands/rules.js'
import { settings } from './commands/settings.js'
import { token } from './commands/token.js'

/** Every command, in the order of the help text. A new one is a file in `commands/` and a line here. */
export const COMMANDS: readonly CliCommand[] = [migrate, extractCommand, importCommand, exportCommand, publish, kill, check, rulesCommand, token, documentSchema, settings]
