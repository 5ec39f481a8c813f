const doublePressMs = 500

/**
 * The second press of a double click, or of a double Enter, is meant for what the first one pressed: where that has gone, or
 * something has come over it, it presses nothing.
 */
export function startSecondPresses() {
  let clicked: Element | null = null
  let entered: { element: Element | null; at: number } | null = null
  const swallow = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  document.addEventListener(
    'click',
    (event) => {
      const pressed = event.target instanceof Element ? event.target.closest('button, a') : null
      if (event.detail > 1 && pressed && clicked && pressed !== clicked) swallow(event)
      else if (event.detail === 1) clicked = pressed
    },
    true,
  )
  document.addEventListener(
    'keydown',
    (event) => {
      const before = entered
      const isEnter = event.key === 'Enter'
      entered = isEnter ? { element: document.activeElement, at: event.timeStamp } : null
      if (!isEnter || !before?.element || before.element.isConnected) return
      if (event.timeStamp - before.at < doublePressMs) swallow(event)
    },
    true,
  )
}
