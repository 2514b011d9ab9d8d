import { withoutUnconfirmable } from '../document/index.js'
import { annotate, extract } from '../extraction/index.js'
import type { ExtractFlags } from './commands/extract.js'
import { EXIT } from './command.js'
import { checkHead, checkTextFile, called, readText } from './extract-file.js'
import type { Screen } from './screen.js'

/** Prints a text with what was read out of it: made to be read, or as its document. */
export async function printExtraction(screen: Screen, file: string, { format, columns, ...head }: ExtractFlags): Promise<number> {
  checkHead(head)
  await checkTextFile(file)
  const text = await readText(file)
  const extraction = extract(format === 'json' ? text : withoutCommands(text), head)
  const { document, diagnostics } = extraction
  if (diagnostics.some(({ code }) => code === 'EMPTY_TEXT')) throw new Error(`${called(file)} holds no words.`)
  if (format === 'json') {
    await screen.line(JSON.stringify(withoutUnconfirmable(document), null, 2))
    for (const { message, start } of diagnostics) screen.say(start === undefined ? message : `${message} (at ${start})`)
  } else {
    const width = columns ?? screen.columns
    await screen.write(annotate(extraction, { color: screen.hasColors('out'), ...(width !== undefined && { width }) }))
  }
  return EXIT.done
}

/** Control characters of eight bits command some terminals; the others are replaced by the extraction. */
function withoutCommands(text: string): string {
  return text.replace(/[\u007f-\u009f]/g, ' ')
}
