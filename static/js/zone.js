/** A new form begins with the zone of this browser. A form that the browser has kept has that of its user. */
const zone = document.querySelector('#time_zone')
const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
const isKnown = [...zone.options].some(({ value }) => value === own)
if ('default' in zone.dataset && !history.state?.hasZone && isKnown) {
  zone.value = own
  history.replaceState({ ...history.state, hasZone: true }, '')
}
