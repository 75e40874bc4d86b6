/**
 * Puts the time zone and the country of the browser into the form that sets up the site, where
 * nothing configures them.
 */
const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
const { region } = new Intl.Locale(navigator.language)
const guessed = document.querySelector('[data-guessed]').dataset.guessed.split(' ')

for (const [name, value] of Object.entries({ time_zone: timeZone, home_region: region })) {
  const field = guessed.includes(name) && document.querySelector(`#${name}`)
  // Not over what was typed, nor over what the browser kept.
  if (field && value && field.value === field.defaultValue) field.value = value
}
