/** Lists of columns that the type of their row checks. */

/** Returns the names of the columns: the type asks for each of them and for no other. */
export const columnsOf = <Row>(names: Record<keyof Row, true>) =>
  Object.keys(names) as Array<keyof Row & string>

/** Returns the SQL that selects these columns of a table. */
export const selected = (table: string, names: readonly string[]) =>
  names.map(name => `${table}.${name}`).join(', ')

/** Returns these columns of a row alone. */
export const pick = <Row extends object, Name extends keyof Row>(row: Row, names: readonly Name[]) =>
  Object.fromEntries(names.map(name => [name, row[name]])) as Pick<Row, Name>
