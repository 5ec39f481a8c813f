/** Whether this page's host answers; nothing that was kept counts as an answer. */
export function isHostThere(): Promise<boolean> {
  return fetch(window.location.pathname, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
}
