import type { CliCommand } from './command.js'
import { audit } from './commands/audit.js'
import { check } from './commands/check.js'
import { documentSchema } from './commands/document-schema.js'
import { exportCommand } from './commands/export.js'
import { extractCommand } from './commands/extract.js'
import { importCommand } from './commands/import.js'
import { kill } from './commands/kill.js'
import { migrate } from './commands/migrate.js'
import { partner } from './commands/partner.js'
import { publish } from './commands/publish.js'
import { rulesCommand } from './commands/rules.js'
import { secret } from './commands/secret.js'
import { settings } from './commands/settings.js'
import { token } from './commands/token.js'
import { vault } from './commands/vault.js'

/** Every command, in the order of the help text. A new one is a file in `commands/` and a line here. */
export const COMMANDS: readonly CliCommand[] = [migrate, extractCommand, importCommand, exportCommand, publish, kill, check, rulesCommand, token, partner, secret, vault, audit, documentSchema, settings]
