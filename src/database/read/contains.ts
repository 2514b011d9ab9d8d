/** Part of a text, with the characters that LIKE knows taken literally. */
export function contains(sql: string, placeholder: string): string {
  return `${sql} ILIKE '%' || replace(replace(replace(${placeholder}, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`
}
