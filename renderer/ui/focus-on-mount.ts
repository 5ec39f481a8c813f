/** As the `ref` of something that takes the focus when it appears, because it was asked for. */
export function focusOnMount(element: HTMLElement | null) {
  element?.focus()
}
