import { example, type CliCommand } from '../command.js'

export const documentSchema: CliCommand = {
  name: 'document-schema',
  add: (program, run) => {
    program.command('document-schema')
      .summary('print the JSON Schema of the document format')
      .description('Prints the JSON Schema (2020-12) of the documents that import takes and export writes. Needs no database.')
      .addHelpText('after', example('onrecord document-schema > story-document.schema.json'))
      .action(run(async (screen) => {
        const { storyDocumentSchema } = await import('../story-document-schema.js')
        await screen.line(JSON.stringify(storyDocumentSchema(), null, 2))
      }))
  },
}
