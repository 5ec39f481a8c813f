import { formatNumber } from './format.ts'

/** Seconds as people say them: `1h 5m`, `12m 30s`, `40s`. */
export function formatDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  const parts =
    hours > 0 ? [unit(hours, 'hour'), unit(minutes, 'minute')] : [unit(minutes, 'minute'), unit(seconds % 60, 'second')]
  return (hours === 0 && minutes === 0 ? parts.slice(1) : parts).join(' ')
}

function unit(value: number, name: 'hour' | 'minute' | 'second'): string {
  return formatNumber(value, { style: 'unit', unit: name, unitDisplay: 'narrow' })
}
