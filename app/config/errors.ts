/** The error of a configuration that cannot be used. */

/** Its message lists every error by the path of the setting, never with the value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
