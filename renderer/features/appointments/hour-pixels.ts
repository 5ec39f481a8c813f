/** How high an hour stands in the grid; the style sheet draws its lines by the same number. */
export const hourPixels = 48
