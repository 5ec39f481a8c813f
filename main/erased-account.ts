/** What stands in the place of the name and the address of somebody who was erased: people are told apart by their number. */
export function erasedAccount(id: number) {
  return { name: `Erased person ${id}`, email: `erased-${id}@no-email.invalid` }
}
