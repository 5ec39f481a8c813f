/** A database without its key cannot be opened by anybody; a new key would only hide that. */
export class KeyMissing extends Error {
  override name = 'KeyMissing'

  constructor(databasePath: string) {
    super(
      `The database ${databasePath} is there but its key is not. Put the key back where it was (see "Where your data lives" in the README) and start again.`,
    )
  }
}

/** There is a key, but another one: the file was written with a different key, or is no database of BDC. */
export class KeyDoesNotFit extends Error {
  override name = 'KeyDoesNotFit'

  constructor(databasePath: string, options: ErrorOptions = {}) {
    super(
      `The key does not open ${databasePath}. Put the key and the database of the same backup beside each other and start again. Nothing was changed.`,
      options,
    )
  }
}
