export function databaseOf(url: string): { readonly name: string; readonly template: string }
