/** The databases of ours beside the one of the peers' runner: the one that is served, and the one that it is copied from. */
export function databaseOf(url) {
  const name = `onrecord_${new URL(url).pathname.slice(1)}`
  return { name, template: `${name}_loaded` }
}
