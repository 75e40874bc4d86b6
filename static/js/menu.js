/** Closes an open menu on Escape and on a click elsewhere, as a user expects it of a menu. */
const openMenus = () => document.querySelectorAll('details.menu[open]')

document.addEventListener('click', ({ target }) => {
  for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false
})
document.addEventListener('keydown', event => {
  const [menu] = event.key === 'Escape' ? openMenus() : []
  if (!menu) return
  menu.open = false
  menu.querySelector('summary').focus()
})
