/**
 * A new form begins with the zone of this browser, also by a newer name than the list has. A form
 * that the browser has kept has that of its user.
 */
const zone = document.querySelector('#time_zone')
const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
// Browsers in an unknown zone call it Etc/Unknown.
if ('default' in zone.dataset && own && own !== 'Etc/Unknown') {
  const isKnown = [...zone.options].some(({ value }) => value === own)
  if (!isKnown) zone.add(new Option(own, own))
  if (!history.state?.hasZone) {
    zone.value = own
    history.replaceState({ ...history.state, hasZone: true }, '')
  }
}
